"""Measures the peak memory of training steps in PyTorch, minus the resident memory after importing it.

Run: python3 bench/peers/peak_memory.py [--network resnet50] [--batch 16] [--precision bf16] …
     (needs torch and torchvision, and Linux; `deno task bench` runs it)
Prints a line of JSON: {"value": bytes, "framework": …, "parameters": …, "remark": bytes before}
"""
import re

from training import Training, training_flags
from turns import take_turns


def status(name):
    """A line of /proc/self/status, in bytes."""
    with open("/proc/self/status") as file:
        return 1024 * int(re.search(rf"^{name}:\s+(\d+) kB$", file.read(), re.MULTILINE)[1])


options = training_flags().parse_args()
resident = status("VmRSS")


def measure():
    training = Training(options)
    images, labels = training.made_up_batch(options)
    for _ in range(options.steps):
        training.step(images, labels)
    return {
        "value": status("VmHWM") - resident,
        "remark": f"{resident / 1e6:.0f} MB before",
        **training.about,
    }


take_turns(measure, options.turns)

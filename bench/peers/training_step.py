"""Times a training step in PyTorch on the same batch again and again; its loss is read each time.

Run: python3 bench/peers/training_step.py [--network resnet50] [--batch 16] [--precision bf16] …
     (needs torch and torchvision; `deno task bench` runs it)
Prints a line of JSON: {"value": median seconds, "framework": …, "parameters": …}
"""
import statistics
import time

from training import Training, training_flags
from turns import take_turns

WARM_UP = 3

options = training_flags().parse_args()
training = Training(options)
images, labels = training.made_up_batch(options)
for _ in range(WARM_UP):
    training.step(images, labels)


def measure():
    times = []
    for step in range(options.steps + 1):
        start = time.perf_counter()
        training.step(images, labels)
        # The first step of a turn finds cold caches.
        if step > 0:
            times.append(time.perf_counter() - start)
    return {"value": statistics.median_high(times), **training.about}


take_turns(measure, options.turns)

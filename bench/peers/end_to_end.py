"""Times a step of a training in PyTorch whose batches a DataLoader prepares with AutoAugment and Cutout.

Run: python3 bench/peers/end_to_end.py --path PIXELS [--workers 2] [--precision bf16] …
     (needs torch and torchvision; PIXELS holds [count, size, size, 3] bytes; `deno task bench` runs it)
Prints a line of JSON: {"value": mean seconds of a step, "framework": …, "parameters": …}
"""
import time

import torch

from augmentations import Images
from training import Training, training_flags
from turns import take_turns

flags = training_flags()
flags.add_argument("--path", required=True)
flags.add_argument("--workers", type=int, default=0)
options = flags.parse_args()
training = Training(options)
images = Images(options.path, options.size, options.classes)
# More than any measurement needs.
sampler = torch.utils.data.RandomSampler(images, replacement=True, num_samples=10**9)
loader = torch.utils.data.DataLoader(
    images, options.batch, sampler=sampler, num_workers=options.workers)
# Steps at the beginning of a turn that use up the batches prepared before it.
UNCOUNTED = 1 + 2 * options.workers


def steps(count):
    for _ in range(count):
        batch, labels = next(batches)
        training.step(batch.to(memory_format=training.memory_format), labels)


def measure():
    steps(UNCOUNTED)
    start = time.perf_counter()
    steps(options.steps)
    return {"value": (time.perf_counter() - start) / options.steps, **training.about}


if __name__ == "__main__":
    batches = iter(loader)
    steps(UNCOUNTED)
    take_turns(measure, options.turns)

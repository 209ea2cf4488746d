"""Times crop, flip, AutoAugment (CIFAR-10), normalisation and Cutout of an image in torchvision, on one core.

Run: python3 bench/peers/augmentation.py --path PIXELS [--size 32] [--images 2048]
     (needs torch and torchvision; PIXELS holds [count, size, size, 3] bytes; `deno task bench` runs it)
Prints a line of JSON: {"value": seconds for each image, "framework": …}
"""
import argparse
import time

import torch
import torchvision

from augmentations import Images
from turns import take_turns

flags = argparse.ArgumentParser()
flags.add_argument("--path", required=True)
flags.add_argument("--size", type=int, default=32)
flags.add_argument("--images", type=int, default=2048)
flags.add_argument("--turns", action="store_true")
options = flags.parse_args()
torch.set_num_threads(1)
images = Images(options.path, options.size, 10)


def some(count):
    for i in range(count):
        images[i % len(images)]


def measure():
    start = time.perf_counter()
    some(options.images)
    return {
        "value": (time.perf_counter() - start) / options.images,
        "framework": f"torchvision {torchvision.__version__}",
    }


some(200)
take_turns(measure, options.turns)

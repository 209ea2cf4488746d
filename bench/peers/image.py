"""Times turning a decoded photograph into the input of a network, in torchvision on a PIL image, on one core.

Run: python3 bench/peers/image.py --path PIXELS --height 400 --width 500 [--change crop] [--images 100]
     (needs torch and torchvision; PIXELS holds [height, width, 3] bytes; `deno task bench` runs it)
Prints a line of JSON: {"value": seconds for each image, "framework": …}
"""
import argparse
import time

import numpy
import torch
import torchvision
from PIL import Image
from torchvision import transforms

from turns import take_turns

flags = argparse.ArgumentParser()
flags.add_argument("--path", required=True)
flags.add_argument("--height", type=int, required=True)
flags.add_argument("--width", type=int, required=True)
flags.add_argument("--change", default="crop", choices=["crop", "jitter", "randaugment", "centre"])
flags.add_argument("--images", type=int, default=100)
flags.add_argument("--turns", action="store_true")
options = flags.parse_args()
torch.set_num_threads(1)
pixels = numpy.fromfile(options.path, numpy.uint8).reshape(options.height, options.width, 3)
image = Image.fromarray(pixels)
crop = [transforms.RandomResizedCrop(224), transforms.RandomHorizontalFlip()]
change = transforms.Compose([
    *{
        "crop": crop,
        "jitter": [*crop, transforms.ColorJitter(0.4, 0.4, 0.4)],
        "randaugment": [*crop, transforms.RandAugment()],
        "centre": [transforms.Resize(256), transforms.CenterCrop(224)],
    }[options.change],
    transforms.ToTensor(),
    transforms.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
])


def some(count):
    for _ in range(count):
        change(image)


def measure():
    start = time.perf_counter()
    some(options.images)
    return {
        "value": (time.perf_counter() - start) / options.images,
        "framework": f"torchvision {torchvision.__version__}",
    }


some(20)
take_turns(measure, options.turns)

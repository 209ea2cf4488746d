"""Times a DataLoader of PyTorch that decodes files and takes random-resized crops, flipped, on several processes.

Run: python3 bench/peers/stream.py --path LIST [--batch 32] [--batches 10] [--workers 2]
     (needs torch and torchvision; LIST holds lines of `path label`; `deno task bench` runs it)
Prints a line of JSON: {"value": seconds for each image, "framework": …}
"""
import argparse
import itertools
import os
import time

import torch
from PIL import Image
from torchvision import transforms

from turns import framework, take_turns

flags = argparse.ArgumentParser()
flags.add_argument("--path", required=True)
flags.add_argument("--batch", type=int, default=32)
flags.add_argument("--batches", type=int, default=10)
flags.add_argument("--workers", type=int, default=2)
flags.add_argument("--turns", action="store_true")
options = flags.parse_args()
WARM_UP = 3


class Files(torch.utils.data.Dataset):
    """Images of a list, decoded and augmented on access."""

    def __init__(self, path):
        folder = os.path.dirname(path)
        with open(path) as lines:
            pairs = [line.rsplit(maxsplit=1) for line in lines]
        self.images = [(os.path.join(folder, name), int(label)) for name, label in pairs]
        self.change = transforms.Compose([
            transforms.RandomResizedCrop(224),
            transforms.RandomHorizontalFlip(),
            transforms.ToTensor(),
            transforms.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
        ])

    def __len__(self):
        return len(self.images)

    def __getitem__(self, i):
        path, label = self.images[i]
        with Image.open(path) as image:
            return self.change(image.convert("RGB")), label


loader = torch.utils.data.DataLoader(
    Files(options.path), options.batch, shuffle=True, num_workers=options.workers, drop_last=True,
    persistent_workers=True,
)
batches = itertools.chain.from_iterable(iter(loader) for _ in itertools.count())


def take(count):
    for _ in range(count):
        next(batches)


def measure():
    start = time.perf_counter()
    take(options.batches)
    seconds = time.perf_counter() - start
    return {"value": seconds / (options.batches * options.batch), "framework": framework()}


take(WARM_UP)
take_turns(measure, options.turns)

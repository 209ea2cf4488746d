"""Times a sampler of PyTorch: its creation, and one epoch of indices.

Run: python3 bench/peers/sampler.py [--sampler weighted|random] [--items 1000000]
     (needs torch; `deno task bench` runs it)
Prints a line of JSON: {"value": seconds, "framework": …}
"""
import argparse
import collections
import time

import torch
from torch.utils.data import RandomSampler, WeightedRandomSampler

from turns import framework, take_turns

CLASSES = 1000
CHUNK = 10**6

flags = argparse.ArgumentParser()
flags.add_argument("--sampler", default="weighted", choices=["weighted", "random"])
flags.add_argument("--items", type=float, default=1e6)
flags.add_argument("--turns", action="store_true")
options = flags.parse_args()
items = int(options.items)
# The same labels as in bench/workloads/sampler.ts, in chunks to save memory.
labels = torch.empty(items, dtype=torch.int64)
for begin in range(0, items, CHUNK):
    number = torch.arange(begin, min(items, begin + CHUNK))
    share = (number * 2654435761 % 2**32).double() / 2**32
    labels[begin:begin + CHUNK] = (CLASSES * share**3).long()


def sampler():
    if options.sampler == "random":
        return RandomSampler(labels)
    counts = torch.bincount(labels)
    return WeightedRandomSampler((1 / counts.double())[labels], items)


def measure():
    start = time.perf_counter()
    # A deque of length 0 is the fastest way to exhaust an iterator.
    collections.deque(sampler(), maxlen=0)
    return {"value": time.perf_counter() - start, "framework": framework()}


take_turns(measure, options.turns)

"""Times reading a list of images, counting its classes and creating a class-balanced sampler.

Run: python3 bench/peers/list.py --path LIST [--measured time|memory]
     (needs torch; `deno task bench` runs it)
Prints a line of JSON: {"value": seconds, or bytes that the process had at most, "framework": …}
"""
import argparse
import resource
import time

import torch
from torch.utils.data import WeightedRandomSampler

from turns import framework, take_turns

flags = argparse.ArgumentParser()
flags.add_argument("--path", required=True)
flags.add_argument("--measured", default="time", choices=["time", "memory"])
flags.add_argument("--turns", action="store_true")
options = flags.parse_args()


def measure():
    start = time.perf_counter()
    paths, labels = [], []
    with open(options.path) as lines:
        for line in lines:
            path, label = line.rsplit(maxsplit=1)
            paths.append(path)
            labels.append(int(label))
    labels = torch.tensor(labels)
    counts = torch.bincount(labels)
    next(iter(WeightedRandomSampler((1 / counts.double())[labels], len(labels))))
    seconds = time.perf_counter() - start
    peak = 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"value": seconds if options.measured == "time" else peak, "framework": framework()}


take_turns(measure, options.turns)

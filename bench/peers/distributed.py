"""Times a process of PyTorch's distributed package with gloo: an all-reduce, or a DistributedDataParallel step.

Run: python3 bench/peers/distributed.py --rank 0 --addresses 127.0.0.1:29500,127.0.0.1:29501 --floats 464154
     (needs torch and torchvision; `deno task bench cluster` runs all processes)
Prints a line of JSON: {"value": median seconds, "framework": …}
"""
import os
import statistics
import time

import torch
import torch.distributed as distributed
from torch.nn.parallel import DistributedDataParallel

from training import Training, training_flags
from turns import framework, take_turns

WARM_UP = 3
TIMES = 5

flags = training_flags()
flags.add_argument("--rank", type=int, required=True)
flags.add_argument("--addresses", type=lambda text: text.split(","), required=True)
flags.add_argument("--floats", type=int, default=0)
options = flags.parse_args()
torch.set_num_threads(1)
os.environ["MASTER_ADDR"], os.environ["MASTER_PORT"] = options.addresses[0].split(":")
distributed.init_process_group("gloo", rank=options.rank, world_size=len(options.addresses))


def timed(work, times):
    """Median time of repeated work."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return statistics.median_high(found)


if options.floats > 0:
    x = torch.zeros(options.floats)
    about, times = {"framework": framework()}, TIMES

    def work():
        distributed.all_reduce(x)
else:
    options.batch //= len(options.addresses)
    training = Training(options)
    training.network = DistributedDataParallel(training.network)
    images, labels = training.made_up_batch(options)
    about, times = training.about, options.steps

    def work():
        training.step(images, labels)

for _ in range(WARM_UP):
    work()
take_turns(lambda: {"value": timed(work, times), **about}, options.turns)

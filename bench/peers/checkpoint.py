"""Times the writing of a checkpoint by PyTorch: parameters, running statistics and momentum, safely on the disk.

Run: python3 bench/peers/checkpoint.py --folder FOLDER [--network resnet50] [--classes 1000]
     (needs torch and torchvision; `deno task bench` runs it)
Prints a line of JSON: {"value": seconds, "framework": …, "remark": size}
"""
import os
import time

import torch

from training import Training, training_flags
from turns import framework, take_turns

flags = training_flags()
flags.add_argument("--folder", required=True)
options = flags.parse_args()
training = Training(options)
# Momentum is created by the first step.
for parameter in training.network.parameters():
    parameter.grad = torch.zeros_like(parameter)
training.optimizer.step()
path = os.path.join(options.folder, "checkpoint-1.pt")


def save():
    with open(path + ".part", "wb") as file:
        torch.save({
            "network": training.network.state_dict(),
            "optimizer": training.optimizer.state_dict(),
        }, file)
        file.flush()
        os.fsync(file.fileno())
    os.rename(path + ".part", path)
    folder = os.open(options.folder, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def measure():
    start = time.perf_counter()
    save()
    value = time.perf_counter() - start
    size = os.path.getsize(path) / 1e6
    return {"value": value, "framework": framework(), "remark": f"{size:.0f} MB"}


save()
take_turns(measure, options.turns)

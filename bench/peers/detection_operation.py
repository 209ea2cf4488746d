"""Times operations of a detector in torchvision: RoIAlign over a pyramid, with its gradient, non-maximum suppression.

Run: python3 bench/peers/detection_operation.py --operation roi-align|roi-align-gradient|nms
     (needs torch and torchvision; `deno task bench` runs it)
Prints a line of JSON: {"value": seconds, "framework": …}
"""
import argparse
import statistics
import time

import torch
import torchvision
from torchvision.ops import MultiScaleRoIAlign, nms

from turns import take_turns

REGIONS, BOXES, SIDE, CHANNELS = 1024, 2048, 320, 256
REPEATS = 5

flags = argparse.ArgumentParser()
flags.add_argument("--operation", required=True, choices=["roi-align", "roi-align-gradient", "nms"])
flags.add_argument("--turns", action="store_true")
options = flags.parse_args()
torch.manual_seed(0)
learns = options.operation == "roi-align-gradient"
maps = {
    str(i): torch.randn(2, CHANNELS, SIDE // stride, SIDE // stride, requires_grad=learns)
    for i, stride in enumerate((4, 8, 16, 32))
}
corners = torch.rand(BOXES, 2) * 200
boxes = torch.cat([corners, corners + 10 + 100 * torch.rand(BOXES, 2)], 1)
regions = [boxes[:REGIONS // 2], boxes[REGIONS // 2:REGIONS]]
scores = torch.arange(BOXES, 0, -1).float()
pool = MultiScaleRoIAlign(list(maps), 7, 2)


def once():
    if options.operation == "nms":
        return nms(boxes, scores, 0.7)
    y = pool(maps, regions, [(SIDE, SIDE)] * 2)
    if learns:
        torch.autograd.grad(y.square().sum(), list(maps.values()))


def measure():
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        once()
        times.append(time.perf_counter() - start)
    framework = f"torchvision {torchvision.__version__}"
    return {"value": statistics.median(times), "framework": framework}


once()
take_turns(measure, options.turns)

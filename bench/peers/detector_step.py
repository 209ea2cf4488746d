"""Times a training step of torchvision's Mask R-CNN with ResNet-50, or tells its peak memory.

Run: python3 bench/peers/detector_step.py [--measured time|memory] [--steps 2]
     (needs torch and torchvision; `deno task bench` runs it)
Prints a line of JSON: {"value": seconds or bytes, "framework": …}
"""
import argparse
import re
import statistics
import time

import torch
import torchvision
from torchvision.models.detection import MaskRCNN
from torchvision.models.detection.backbone_utils import resnet_fpn_backbone

from turns import take_turns

IMAGES, SIDE, OBJECTS, CLASSES = 2, 320, 6, 90
RATE = 1e-5

flags = argparse.ArgumentParser()
flags.add_argument("--measured", default="time", choices=["time", "memory"])
flags.add_argument("--steps", type=int, default=2)
flags.add_argument("--turns", action="store_true")
options = flags.parse_args()


def status(name):
    """A line of the kernel's account of this process, in bytes."""
    with open("/proc/self/status") as file:
        return 1024 * int(re.search(rf"^{name}:\s+(\d+) kB$", file.read(), re.MULTILINE)[1])


def targets(image):
    places = [10 + 35 * k + 5 * image for k in range(OBJECTS)]
    masks = torch.zeros(OBJECTS, SIDE, SIDE, dtype=torch.uint8)
    for mask, place in zip(masks, places):
        mask[place:place + 80, place:place + 60] = 1
    boxes = torch.tensor([[place, place, place + 60, place + 80] for place in places]).float()
    return {"boxes": boxes, "labels": torch.arange(1, OBJECTS + 1), "masks": masks}


torch.manual_seed(0)
resident = status("VmRSS")
# Norms without weights of their own and fixed statistics, as for weights of ImageNet; stem and first stage are fixed.
backbone = resnet_fpn_backbone(backbone_name="resnet50", weights=None, trainable_layers=3)
model = MaskRCNN(
    backbone, CLASSES + 1, min_size=SIDE, max_size=SIDE, image_mean=(0, 0, 0), image_std=(1, 1, 1)).train()
for name, buffer in model.named_buffers():
    if name.endswith("bn3.weight"):
        buffer.zero_()
learnt = [parameter for parameter in model.parameters() if parameter.requires_grad]
optimizer = torch.optim.SGD(learnt, lr=RATE, momentum=0.9, weight_decay=1e-4)
images = [torch.randn(3, SIDE, SIDE) for _ in range(IMAGES)]
objects = [targets(image) for image in range(IMAGES)]


def once():
    loss = sum(model(images, objects).values())
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


def measure():
    times = []
    for _ in range(options.steps):
        start = time.perf_counter()
        once()
        times.append(time.perf_counter() - start)
    value = statistics.median(times) if options.measured == "time" else status("VmHWM") - resident
    return {"value": value, "framework": f"torchvision {torchvision.__version__}"}


if options.measured == "time":
    once()
take_turns(measure, options.turns)

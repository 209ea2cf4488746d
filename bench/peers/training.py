"""The training whose steps are measured: networks, SGD with momentum and weight decay, precisions."""
import argparse

import torch
import torch.nn.functional as F
import torchvision
from torch import nn

from turns import framework


class Block(nn.Module):
    """A basic block of the CIFAR ResNets, with shortcuts of type A."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.stride, self.more = stride, (outputs - inputs) // 2

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)), inplace=True)))
        if self.stride == 2:
            x = F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.more, self.more))
        return F.relu(x + y, inplace=True)


def resnet_cifar(depth, width, classes):
    """The residual network of 6n + 2 layers for 32×32 images."""
    channels = [16 * width, 32 * width, 64 * width]
    layers = [
        nn.Conv2d(3, channels[0], 3, 1, 1, bias=False),
        nn.BatchNorm2d(channels[0]),
        nn.ReLU(inplace=True),
    ]
    inputs = channels[0]
    for stage, outputs in enumerate(channels):
        for block in range((depth - 2) // 6):
            layers.append(Block(inputs, outputs, 2 if stage > 0 and block == 0 else 1))
            inputs = outputs
    head = nn.Linear(channels[2], classes)
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), head)


def network_of(options):
    """Creates the network selected by the flags."""
    if options.network == "resnet-cifar":
        return resnet_cifar(options.depth, options.width, options.classes)
    if options.network == "resnet50":
        return torchvision.models.resnet50(num_classes=options.classes)
    return torchvision.models.resnext50_32x4d(num_classes=options.classes)


def training_flags():
    """Adds the flags of a training."""
    flags = argparse.ArgumentParser()
    flags.add_argument("--network", default="resnet-cifar",
                       choices=["resnet-cifar", "resnet50", "resnext50"])
    flags.add_argument("--depth", type=int, default=32)
    flags.add_argument("--width", type=int, default=1)
    flags.add_argument("--classes", type=int, default=10)
    flags.add_argument("--size", type=int, default=32)
    flags.add_argument("--batch", type=int, default=128)
    flags.add_argument("--precision", default="float32", choices=["float32", "bf16"])
    flags.add_argument("--layout", default="channels-last", choices=["default", "channels-last"])
    flags.add_argument("--steps", type=int, default=5)
    flags.add_argument("--turns", action="store_true")
    return flags


class Training:
    """A running training."""

    def __init__(self, options):
        torch.manual_seed(0)
        self.memory_format = (torch.channels_last if options.layout == "channels-last"
                              else torch.contiguous_format)
        self.network = network_of(options).to(memory_format=self.memory_format)
        self.optimizer = torch.optim.SGD(
            self.network.parameters(), lr=0.1, momentum=0.9, weight_decay=5e-4)
        self.autocast = torch.autocast(
            "cpu", dtype=torch.bfloat16, enabled=options.precision == "bf16")
        self.about = {
            "framework": framework(),
            "parameters": sum(p.numel() for p in self.network.parameters()),
        }

    def step(self, images, labels):
        """Performs a step and reads its loss."""
        self.optimizer.zero_grad()
        with self.autocast:
            loss = F.cross_entropy(self.network(images), labels)
        loss.backward()
        self.optimizer.step()
        return loss.item()

    def made_up_batch(self, options):
        """A batch of normal noise in the layout of the network."""
        images = torch.randn(options.batch, 3, options.size, options.size)
        labels = torch.randint(0, options.classes, (options.batch,))
        return images.to(memory_format=self.memory_format), labels

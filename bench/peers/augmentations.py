"""The paper's augmentation of CIFAR by torchvision on PIL images."""
import numpy
import torch
from PIL import Image
from torchvision import transforms


class Cutout:
    """A square hole centred anywhere in the image, clipped at its edges."""

    def __init__(self, size=16):
        self.size = size

    def __call__(self, image):
        height, width = image.shape[1:]
        top = int(torch.randint(0, height, (1,))) - self.size // 2
        left = int(torch.randint(0, width, (1,))) - self.size // 2
        bottom, right = top + self.size, left + self.size
        image[:, max(0, top):max(0, bottom), max(0, left):max(0, right)] = 0
        return image


def augmentation(size, mean, std):
    """Crop, flip, AutoAugment, then floats, normalisation and Cutout."""
    return transforms.Compose([
        transforms.RandomCrop(size, padding=4),
        transforms.RandomHorizontalFlip(),
        transforms.AutoAugment(transforms.AutoAugmentPolicy.CIFAR10),
        transforms.ToTensor(),
        transforms.Normalize(mean, std),
        Cutout(),
    ])


class Images(torch.utils.data.Dataset):
    """Images [count, size, size, 3] in memory, augmented on access."""

    def __init__(self, path, size, classes):
        self.pixels = numpy.fromfile(path, numpy.uint8).reshape(-1, size, size, 3)
        self.labels = [i % classes for i in range(len(self.pixels))]
        mean = (self.pixels / 255).mean((0, 1, 2))
        std = (self.pixels / 255).std((0, 1, 2))
        self.augment = augmentation(size, mean.tolist(), std.tolist())

    def __len__(self):
        return len(self.pixels)

    def __getitem__(self, i):
        return self.augment(Image.fromarray(self.pixels[i])), self.labels[i]

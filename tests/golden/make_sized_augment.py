"""Writes sized_augment.json: resizing, random-resized crops, centre crops, colour jitter and RandAugment as
Pillow and torchvision compute them, with the random numbers that torchvision drew.

Run: python3 tests/golden/make_sized_augment.py   (needs torchvision and Pillow)
"""
import base64
import json
import pathlib

import numpy
import PIL
import torch
import torchvision
from PIL import Image
from torchvision import transforms
from torchvision.transforms import functional


def picture(height, width):
    """The images of tests/data/augment/sized_test.ts."""
    y, x, c = numpy.meshgrid(range(height), range(width), range(3), indexing="ij")
    return Image.fromarray(((x * 11 + y * 7 + c * 50 + (x * y * (c + 2)) % 41) % 256).astype(numpy.uint8))


def pixels(image):
    return base64.b64encode(numpy.asarray(image).tobytes()).decode()


class Recorded:
    """Context that records torchvision's draws, uniform numbers in [0, 1) and integers."""

    def __enter__(self):
        self.uniform, self.below = [], []
        self.kept = torch.Tensor.uniform_, torch.randint

        def uniform_(tensor, low=0.0, high=1.0):
            value = self.kept[0](tensor, low, high)
            low, high = float(low), float(high)
            self.uniform.append((value.item() - low) / ((high - low) or 1))
            return value

        def randint(*arguments, **options):
            value = self.kept[1](*arguments, **options)
            self.below.append(int(value))
            return value

        torch.Tensor.uniform_, torch.randint = uniform_, randint
        return self

    def __exit__(self, *_):
        torch.Tensor.uniform_, torch.randint = self.kept


torch.manual_seed(0)
SIZES = [(20, 24), (37, 10), (9, 64), (64, 64), (1, 5)]
resizes = [
    {"from": size, "to": to, "pixels": pixels(picture(*size).resize(to[::-1], Image.BILINEAR))}
    for size, to in [
        *((size, to) for size in SIZES for to in [(8, 8), (1, 1), (30, 41), (20, 24), (16, 7)]),
        # More rows than are resized in one block, in either direction first.
        *(((150, 90), to) for to in [(40, 30), (16, 7), (12, 80), (155, 20)]),
    ]
]

fits = []
for size, crop in [((20, 24), 7), ((37, 10), 14), ((9, 64), 9), ((64, 64), 28), ((33, 47), 16), ((150, 90), 28)]:
    resized = functional.resize(picture(*size), round(crop * 256 / 224))
    fits.append({"from": size, "to": crop, "pixels": pixels(functional.center_crop(resized, crop))})

crops = []
for size in [(20, 24), (37, 10), (9, 64), (64, 64)]:
    for ratio in [(3 / 4, 4 / 3), (1, 1)]:
        for _ in range(6):
            image, scale = picture(*size), (0.08, 1.0)
            with Recorded() as drawn:
                top, left, height, width = transforms.RandomResizedCrop.get_params(image, scale, ratio)
            out = functional.resized_crop(image, top, left, height, width, (8, 10))
            crops.append({
                "from": size, "ratio": ratio, "uniform": drawn.uniform, "below": drawn.below,
                "window": [top, left, height, width], "pixels": pixels(out),
            })

jitters = []
jitter = transforms.ColorJitter(0.4, 0.4, 0.4, 0.3)
for _ in range(8):
    ranges = jitter.brightness, jitter.contrast, jitter.saturation, jitter.hue
    order, *factors = transforms.ColorJitter.get_params(*ranges)
    image = picture(20, 24)
    for place in order.tolist():
        change = [
            functional.adjust_brightness, functional.adjust_contrast,
            functional.adjust_saturation, functional.adjust_hue,
        ][place]
        image = change(image, factors[place])
    jitters.append({"order": order.tolist(), "factors": factors, "pixels": pixels(image)})

SIGNED = range(1, 10)
policies = []
for magnitude in (9, 4, 30):
    policy = transforms.RandAugment(2, magnitude)
    for _ in range(16):
        with Recorded() as drawn:
            out = policy(picture(20, 24))
        draws, choices = list(drawn.below), []
        for _ in range(2):
            choice = draws.pop(0)
            choices += [choice, draws.pop(0) if choice in SIGNED and magnitude > 0 else 0]
        policies.append({"magnitude": magnitude, "below": choices, "pixels": pixels(out)})

path = pathlib.Path(__file__).with_name("sized_augment.json")
path.write_text(json.dumps({
    "versions": {"torchvision": torchvision.__version__, "Pillow": PIL.__version__},
    "resizes": resizes, "fits": fits, "crops": crops, "jitters": jitters, "policies": policies,
}) + "\n")

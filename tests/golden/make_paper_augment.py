"""Writes paper_augment.json: the CIFAR augmentation of the paper as Pillow and numpy compute it.

The paper follows Balanced Softmax (Ren et al. 2020): bicubic shears, shifts by fractions of a pixel that Pillow rounds,
all images turned counter-clockwise, thresholds of solarizing from 256, and a Cutout hole that is black before
normalisation.

Run: python3 tests/golden/make_paper_augment.py   (needs Pillow and numpy)
"""
import base64
import hashlib
import json
import pathlib

import numpy
import PIL
from PIL import Image, ImageEnhance, ImageOps

from pictures import HEIGHT, WIDTH, picture

FILL = (128, 64, 200)
MEAN, STD = [0.4914, 0.4822, 0.4465], [0.2023, 0.1994, 0.2010]

# Cubuk et al. 2019, Table 7: operation and level; the probabilities are irrelevant here, except an invert of 0.
POLICY = [
    "invert 7 contrast 6", "rotate 2 translateX 9", "sharpness 1 sharpness 3", "shearY 8 translateY 9",
    "autoContrast 8 equalize 2", "shearY 7 posterize 7", "color 3 brightness 7", "sharpness 9 brightness 9",
    "equalize 5 equalize 1", "contrast 7 sharpness 5", "color 7 translateX 8", "equalize 7 autoContrast 8",
    "translateY 3 sharpness 6", "brightness 6 color 8", "solarize 2", "equalize 0 autoContrast 0",
    "equalize 8 equalize 4", "color 9 equalize 6", "autoContrast 4 solarize 8", "brightness 3 color 0",
    "solarize 5 autoContrast 3", "translateY 9 translateY 9", "autoContrast 2 solarize 3", "equalize 8 invert 3",
    "translateY 9 autoContrast 1",
]


def moved(image, matrix, resample=Image.NEAREST):
    return image.transform(image.size, Image.AFFINE, matrix, resample, fillcolor=FILL)


OPERATIONS = {
    "shearX": lambda image, m: moved(image, (1, m, 0, 0, 1, 0), Image.BICUBIC),
    "shearY": lambda image, m: moved(image, (1, 0, 0, m, 1, 0), Image.BICUBIC),
    "translateX": lambda image, m: moved(image, (1, 0, -m, 0, 1, 0)),
    "translateY": lambda image, m: moved(image, (1, 0, 0, 0, 1, -m)),
    "rotate": lambda image, m: image.rotate(m, fillcolor=FILL),
    "solarize": ImageOps.solarize,
    "brightness": lambda image, m: ImageEnhance.Brightness(image).enhance(1 + m),
    "color": lambda image, m: ImageEnhance.Color(image).enhance(1 + m),
    "contrast": lambda image, m: ImageEnhance.Contrast(image).enhance(1 + m),
    "sharpness": lambda image, m: ImageEnhance.Sharpness(image).enhance(1 + m),
    "posterize": lambda image, m: ImageOps.posterize(image, int(m)),
    "autoContrast": lambda image, m: ImageOps.autocontrast(image),
    "equalize": lambda image, m: ImageOps.equalize(image),
    "invert": lambda image, m: ImageOps.invert(image),
}


def magnitude(name, level):
    """Of a level from 0 to 9."""
    share = level / 9
    if name.startswith("shear"):
        return 0.3 * share
    if name.startswith("translate"):
        return 150 / 331 * (WIDTH if name == "translateX" else HEIGHT) * share
    if name == "rotate":
        return 30 * share
    if name == "solarize":
        return 256 - 256 * share
    if name == "posterize":
        return round(8 - 4 * share)
    return 0.9 * share


SIGNED = ("shear", "translate", "brightness", "color", "contrast", "sharpness")
CASES = {
    "shearX": [0.1, -0.3, 0.2667],
    "shearY": [0.2, -0.0667, -0.3],
    "translateX": [3.7, -8.4, 10.8761],
    "translateY": [2.0, -5.6, 0.5],
    "rotate": [6.7, 30.0],
    "solarize": [256 - 256 * 2 / 9, 128.0],
}
images = {kind: Image.fromarray(picture(kind)) for kind in ("waves", "pale")}
rows = []
for name, magnitudes in CASES.items():
    for m in magnitudes:
        for kind, image in images.items():
            pixels = base64.b64encode(OPERATIONS[name](image, m).tobytes()).decode()
            rows.append({"operation": name, "magnitude": m, "picture": kind, "pixels": pixels})

pairs = []
for text in POLICY:
    words = text.split()
    for sign in (1, -1):
        image = images["waves"]
        for name, level in zip(words[::2], words[1::2]):
            m = magnitude(name, int(level))
            image = OPERATIONS[name](image, sign * m if name.startswith(SIGNED) else m)
        pairs.append(hashlib.sha256(image.tobytes()).hexdigest())

# A hole of 6 pixels about row 1, column 20: applied before normalising.
hole = picture("waves") / 255
hole[0:4, 17:23] = 0
hole = (hole - numpy.array(MEAN)) / numpy.array(STD)

path = pathlib.Path(__file__).with_name("paper_augment.json")
path.write_text(
    json.dumps(
        {
            "versions": {"Pillow": PIL.__version__},
            "fill": FILL,
            "rows": rows,
            "pairs": pairs,
            "mean": MEAN,
            "std": STD,
            "hole": {"size": 6, "row": 1, "column": 20, "values": numpy.round(hole, 6).ravel().tolist()},
        }
    )
    + "\n"
)

"""Writes augment.json: AutoAugment's operations as torchvision and Pillow compute them.

Run: python3 tests/golden/make_augment.py   (needs torchvision and Pillow)
"""
import base64
import json
import pathlib

import numpy
import PIL
import torchvision
from PIL import Image
from torchvision.transforms import InterpolationMode
from torchvision.transforms.autoaugment import _apply_op

from pictures import HEIGHT, WIDTH, picture

FILL = [128, 64, 200]

CASES = [
    ("shearX", "ShearX", [0.1, -0.3]),
    ("shearY", "ShearY", [0.2, -0.0667]),
    ("translateX", "TranslateX", [3.7, -8.0]),
    ("translateY", "TranslateY", [2.0, -5.4]),
    ("rotate", "Rotate", [6.7, -30.0]),
    ("brightness", "Brightness", [0.6, -0.9]),
    ("color", "Color", [0.7, -0.3]),
    ("contrast", "Contrast", [0.6, -0.9]),
    ("sharpness", "Sharpness", [0.9, -0.5]),
    ("posterize", "Posterize", [5, 8]),
    ("solarize", "Solarize", [198.0, 28.0]),
    ("autoContrast", "AutoContrast", [0]),
    ("equalize", "Equalize", [0]),
    ("invert", "Invert", [0]),
]

rows = []
for name, theirs, magnitudes in CASES:
    for magnitude in magnitudes:
        for kind in ("waves", "pale"):
            image = Image.fromarray(picture(kind))
            out = _apply_op(image, theirs, magnitude, InterpolationMode.NEAREST, FILL)
            pixels = base64.b64encode(numpy.asarray(out).tobytes()).decode()
            rows.append({"operation": name, "magnitude": magnitude, "picture": kind, "pixels": pixels})

path = pathlib.Path(__file__).with_name("augment.json")
versions = {"torchvision": torchvision.__version__, "Pillow": PIL.__version__}
path.write_text(json.dumps({"versions": versions, "height": HEIGHT, "width": WIDTH, "fill": FILL, "rows": rows}) + "\n")

"""Times the decoding of JPEG files to RGB, on one core, by torchvision or by Pillow.

Run: python3 bench/peers/decode_jpeg.py --folder FOLDER [--decoder torchvision|pillow] [--times 1]
     (needs torch and torchvision; `deno task bench` runs it)
Prints a line of JSON: {"value": seconds for each file, "framework": …}
"""
import argparse
import io
import os
import time

import numpy
import PIL
import torch
import torchvision
from PIL import Image
from torchvision.io import ImageReadMode, decode_jpeg, read_file

from turns import take_turns

flags = argparse.ArgumentParser()
flags.add_argument("--folder", required=True)
flags.add_argument("--decoder", default="torchvision", choices=["torchvision", "pillow"])
flags.add_argument("--times", type=int, default=1)
flags.add_argument("--turns", action="store_true")
options = flags.parse_args()
torch.set_num_threads(1)
files = [read_file(os.path.join(options.folder, name)) for name in os.listdir(options.folder)]
if options.decoder == "torchvision":
    about = {"framework": f"torchvision {torchvision.__version__}"}
else:
    about = {"framework": f"Pillow {PIL.__version__}"}
    files = [bytes(file.numpy()) for file in files]


def decode(file):
    if options.decoder == "torchvision":
        return decode_jpeg(file, mode=ImageReadMode.RGB)
    return numpy.asarray(Image.open(io.BytesIO(file)).convert("RGB"))


def every():
    for file in files:
        decode(file)


def measure():
    start = time.perf_counter()
    for _ in range(options.times):
        every()
    return {"value": (time.perf_counter() - start) / (options.times * len(files)), **about}


every()
take_turns(measure, options.turns)

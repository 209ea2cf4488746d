"""Writes mask_rcnn.json: detections of torchvision's Mask R-CNN with a ResNet-18 and a ResNet-50 and narrow heads, whose
weights come from the formula of make_nn.py by torchvision's names. With an archive of CIFAR-10's photographs as JPEG
files it also writes mask_rcnn_photographs.json: detections of three of them, without the photographs.

Run: python3 tests/golden/make_mask_rcnn.py [cifar-10-images.tar.gz]   (needs torch and torchvision)
"""
import hashlib
import io
import json
import math
import pathlib
import sys
import tarfile

import numpy
import torch
import torchvision
from PIL import Image
from torchvision.models.detection import MaskRCNN, faster_rcnn, mask_rcnn
from torchvision.models.detection._utils import overwrite_eps
from torchvision.models.detection.backbone_utils import BackboneWithFPN
from torchvision.models.detection.rpn import RPNHead
from torchvision.ops import FrozenBatchNorm2d

from make_nn import digits, formula, stored, tensor

CLASSES, CHANNELS, HIDDEN = 4, 16, 32


def value(name, shape, variance):
    if name.endswith("running_var"):
        return variance * (1 + 0.2 * formula(name, shape))
    if len(shape) == 1:
        is_scale = name.endswith("weight")
        return (1 if is_scale else 0) + 0.2 * formula(name, shape) * (variance if "running" in name else 1)
    # Boxes move little, so that proposals differ; logits differ, so that scores do.
    gain = 0.3 if "bbox_pred" in name else 2 if "cls" in name else 1
    if "body" in name:
        gain *= math.sqrt(variance)
    return formula(name, shape) * gain * math.sqrt(3 / math.prod(shape[1:]))


def network(depth, size, mean, std, variance=1, epsilon=None):
    """The network, and the shapes of its parameters by name."""
    body = getattr(torchvision.models, f"resnet{depth}")(weights=None, norm_layer=FrozenBatchNorm2d)
    width = 512 if depth < 50 else 2048
    backbone = BackboneWithFPN(
        body, {f"layer{i + 1}": str(i) for i in range(4)}, [width // 8, width // 4, width // 2, width], CHANNELS)
    model = MaskRCNN(
        backbone, min_size=min(size), max_size=max(size), image_mean=mean, image_std=std,
        box_detections_per_img=60, rpn_head=RPNHead(CHANNELS, 3),
        box_head=faster_rcnn.TwoMLPHead(CHANNELS * 49, HIDDEN),
        box_predictor=faster_rcnn.FastRCNNPredictor(HIDDEN, CLASSES + 1),
        mask_head=mask_rcnn.MaskRCNNHeads(CHANNELS, (CHANNELS,) * 4, 1),
        mask_predictor=mask_rcnn.MaskRCNNPredictor(CHANNELS, CHANNELS, CLASSES + 1),
    ).eval()
    if epsilon is not None:
        overwrite_eps(model, epsilon)
    shapes = {name: list(old.shape) for name, old in model.state_dict().items()
              if not name.endswith("num_batches_tracked")}
    model.load_state_dict({name: tensor(value(name, tuple(shape), variance)) for name, shape in shapes.items()},
                          strict=False)
    return model, shapes


def detections(model, image):
    masks = []
    model.roi_heads.mask_predictor.register_forward_hook(lambda module, inputs, y: masks.append(y))
    with torch.no_grad():
        found, = model([image])
    logits = masks[0][range(len(found["labels"])), found["labels"]]
    return {
        "boxes": digits(found["boxes"]), "scores": digits(found["scores"]),
        "labels": (found["labels"] - 1).tolist(),
        "masks": stored("masks", logits.sigmoid()),
    }


def write(name, cases):
    pathlib.Path(__file__).with_name(name).write_text(json.dumps(cases) + "\n")


cases = []
for depth, size in ((18, (96, 128)), (18, (64, 64)), (50, (64, 96))):
    model, shapes = network(depth, size, (0, 0, 0), (1, 1, 1))
    image = tensor(formula(f"image {depth} {size[0]}", (*size, 3))).permute(2, 0, 1)
    cases.append({"depth": depth, "size": size, "shapes": shapes, **detections(model, image)})
write("mask_rcnn.json", cases)

# Photographs, parts of them in the last two, with the statistics of ImageNet. The variances are so small that the
# epsilon of the norms matters; 0 is that of torchvision's weights of COCO.
MEAN, STD, VARIANCE = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225), 1e-4
PHOTOGRAPHS = (
    ("train/airplane/0000.jpg", (32, 32), 1e-5),
    ("train/airplane/0001.jpg", (24, 32), 1e-5),
    ("train/airplane/0002.jpg", (32, 20), 0),
)
SCALE = 4

if len(sys.argv) > 1:
    cases = []
    with tarfile.open(sys.argv[1]) as archive:
        for name, (height, width), epsilon in PHOTOGRAPHS:
            photograph = Image.open(io.BytesIO(archive.extractfile(name).read())).convert("RGB")
            part = photograph.crop((0, 0, width, height))
            # Enlarged to whole numbers here: torchvision interpolates floats, and rounds sizes down.
            large = numpy.asarray(part.resize((SCALE * width, SCALE * height), Image.Resampling.BILINEAR))
            model, shapes = network(18, large.shape[:2], MEAN, STD, VARIANCE, epsilon)
            image = torch.tensor(large).permute(2, 0, 1).float() / 255
            found = detections(model, image)
            found["boxes"] = [digit / SCALE for digit in found["boxes"]]
            cases.append({
                "name": name, "size": [height, width], "scale": SCALE, "epsilon": epsilon, "variance": VARIANCE,
                "mean": MEAN, "std": STD, "pixels": hashlib.sha256(large.tobytes()).hexdigest(),
                "shapes": shapes, **found,
            })
    write("mask_rcnn_photographs.json", cases)

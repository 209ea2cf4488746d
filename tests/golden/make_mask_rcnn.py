"""Writes mask_rcnn.json: detections of torchvision's Mask R-CNN with a ResNet-18 and a ResNet-50 and narrow heads, whose
weights come from the formula of make_nn.py by torchvision's names.

Run: python3 tests/golden/make_mask_rcnn.py   (needs torch and torchvision)
"""
import json
import math
import pathlib

import torch
import torchvision
from torchvision.models.detection import MaskRCNN, faster_rcnn, mask_rcnn
from torchvision.models.detection.backbone_utils import BackboneWithFPN
from torchvision.models.detection.rpn import RPNHead
from torchvision.ops import FrozenBatchNorm2d

from make_nn import digits, formula, stored, tensor

CLASSES, CHANNELS, HIDDEN = 4, 16, 32


def value(name, shape):
    if name.endswith("running_var"):
        return 1 + 0.2 * formula(name, shape)
    if len(shape) == 1:
        isScale = name.endswith("weight")
        return (1 if isScale else 0) + 0.2 * formula(name, shape)
    # Boxes move little, so that proposals differ; logits differ, so that scores do.
    gain = 0.3 if "bbox_pred" in name else 2 if "cls" in name else 1
    return formula(name, shape) * gain * math.sqrt(3 / math.prod(shape[1:]))


cases = []
for depth, size in ((18, (96, 128)), (18, (64, 64)), (50, (64, 96))):
    body = getattr(torchvision.models, f"resnet{depth}")(weights=None, norm_layer=FrozenBatchNorm2d)
    width = 512 if depth < 50 else 2048
    backbone = BackboneWithFPN(
        body, {f"layer{i + 1}": str(i) for i in range(4)}, [width // 8, width // 4, width // 2, width], CHANNELS)
    model = MaskRCNN(
        backbone, min_size=min(size), max_size=max(size), image_mean=(0, 0, 0), image_std=(1, 1, 1),
        box_detections_per_img=60, rpn_head=RPNHead(CHANNELS, 3),
        box_head=faster_rcnn.TwoMLPHead(CHANNELS * 49, HIDDEN),
        box_predictor=faster_rcnn.FastRCNNPredictor(HIDDEN, CLASSES + 1),
        mask_head=mask_rcnn.MaskRCNNHeads(CHANNELS, (CHANNELS,) * 4, 1),
        mask_predictor=mask_rcnn.MaskRCNNPredictor(CHANNELS, CHANNELS, CLASSES + 1),
    ).eval()
    state = model.state_dict()
    model.load_state_dict({
        name: old if name.endswith("num_batches_tracked") else tensor(value(name, tuple(old.shape)))
        for name, old in state.items()
    })
    images = tensor(formula(f"image {depth} {size[0]}", (*size, 3))).permute(2, 0, 1)
    masks = []
    model.roi_heads.mask_predictor.register_forward_hook(lambda module, inputs, y: masks.append(y))
    with torch.no_grad():
        found, = model([images])
    logits = masks[0][range(len(found["labels"])), found["labels"]]
    cases.append({
        "depth": depth, "size": size,
        "shapes": {name: list(old.shape) for name, old in state.items()
                   if not name.endswith("num_batches_tracked")},
        "boxes": digits(found["boxes"]), "scores": digits(found["scores"]),
        "labels": (found["labels"] - 1).tolist(),
        "masks": stored("masks", logits.sigmoid()),
    })


pathlib.Path(__file__).with_name("mask_rcnn.json").write_text(json.dumps(cases) + "\n")

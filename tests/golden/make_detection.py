"""Writes detection.json: parts of a detector in torchvision and PyTorch, filled by the formula of make_nn.py, with the
gradients of what is differentiable.

Run: python3 tests/golden/make_detection.py   (needs torch and torchvision)
"""
import json
import math
import pathlib
from collections import OrderedDict

import torch
import torch.nn.functional as F
import torchvision
from torchvision.models.detection import faster_rcnn, mask_rcnn
from torchvision.models.detection.anchor_utils import AnchorGenerator
from torchvision.models.detection.image_list import ImageList
from torchvision.models.detection.rpn import RPNHead
from torchvision.ops import FeaturePyramidNetwork, MultiScaleRoIAlign
from torchvision.ops.feature_pyramid_network import LastLevelMaxPool

from make_nn import digits, formula, stored, tensor

torch.manual_seed(0)


def corners(name, count, extent, least=0.5):
    """Boxes in and around an area of this extent."""
    numbers = tensor(formula(name, (count, 4)))
    centre = (numbers[:, :2] + 1) / 2 * extent
    half = least / 2 + (numbers[:, 2:] + 1) / 4 * extent
    return torch.cat([centre - half, centre + half], 1)


def filled(module, prefix):
    """Fills a module by the formula and returns the names and shapes of its tensors."""
    state = {}
    for name, value in module.state_dict().items():
        shape = tuple(value.shape)
        fan = math.prod(shape[1:]) if len(shape) > 1 else 30
        state[name] = tensor(formula(prefix + name, shape) * math.sqrt(3 / fan))
    module.load_state_dict(state)
    return {prefix + name: list(value.shape) for name, value in state.items()}


def nchw(name, shape):
    """Images [batch, height, width, channels] in PyTorch's order."""
    return tensor(formula(name, shape)).permute(0, 3, 1, 2).contiguous()


def nhwc(x):
    return x.permute(0, 2, 3, 1).contiguous()


out = {}

# ---- boxes
a, b = corners("boxes a", 12, 40), corners("boxes b", 7, 40)
code = tensor(formula("code", (12, 4))) * 3
goal = corners("goal", 12, 40)
coder = torchvision.models.detection._utils.BoxCoder((10.0, 10.0, 5.0, 5.0))
size = (25, 30)
out["boxes"] = {
    "iou": digits(torchvision.ops.box_iou(a, b)),
    "encoded": digits(coder.encode_single(goal, a)),
    "decoded": digits(coder.decode_single(code, a)),
    "clipped": digits(torchvision.ops.clip_boxes_to_image(a, size)),
    "size": size,
}

# ---- anchors
maps = [torch.zeros(1, 1, 4, 5), torch.zeros(1, 1, 2, 3)]
image = ImageList(torch.zeros(1, 3, 32, 40), [(32, 40)])
generator = AnchorGenerator(((32,), (64,)), ((0.5, 1.0, 2.0),) * 2)
out["anchors"] = digits(generator(image, maps)[0][:60])

# ---- non-maximum suppression, with scores that repeat
boxes = corners("nms", 80, 60, 15)
scores = (tensor(formula("nms scores", (80,))) * 8).round() / 8
out["nms"] = [
    {"iou": iou, "kept": torchvision.ops.nms(boxes, scores, iou).tolist()} for iou in (0.3, 0.5, 0.7)
]

# ---- RoIAlign
features = nchw("features", (2, 6, 7, 3)).requires_grad_()
rois = torch.cat([corners("rois", 9, 26, 0.1), torch.tensor([[-9.0, -9.0, 60.0, 50.0]])])
image = torch.arange(10) % 2
out["roiAlign"] = []
for aligned in (True, False):
    for samples in (1, 2, 3):
        features.grad = None
        y = torchvision.ops.roi_align(
            features, torch.cat([image[:, None].float(), rois], 1), 4, 0.25, samples, aligned)
        y.backward(nchw("roi gradient", (10, 4, 4, 3)))
        out["roiAlign"].append({
            "aligned": aligned, "samples": samples, "y": stored("y", nhwc(y)),
            "gradient": stored("gradient", nhwc(features.grad)),
        })

# ---- RoIAlign over a pyramid: torchvision's detectors
pyramid = OrderedDict((str(i), nchw(f"pyramid{i}", (2, 64 // 2**i, 64 // 2**i, 2))) for i in range(4))
regions = [corners(f"regions{i}", 6, 256, 8).clamp(0, 256) for i in range(2)]
pool = MultiScaleRoIAlign(list(pyramid), 3, 2)
out["pyramid"] = stored("pyramid", nhwc(pool(pyramid, regions, [(256, 256)] * 2)))
out["levels"] = pool.map_levels(regions).tolist()


# ---- assignment, as mmdetection's MaxIoUAssigner with gt_max_assign_all
def assigned(proposals, objects, positive, negative, best):
    overlaps = torchvision.ops.box_iou(objects, proposals)
    result = torch.full((len(proposals),), -1)
    most, nearest = overlaps.max(0)
    result[most < negative] = 0
    result[most >= positive] = nearest[most >= positive] + 1
    for i, row in enumerate(overlaps):
        if row.max() >= best:
            result[row == row.max()] = i + 1
    return result.tolist()


# Whole numbers, so that overlaps repeat.
proposals, objects = corners("proposals", 60, 40, 8).round(), corners("objects", 5, 40, 8).round()
proposals[20:25] = proposals[40:45]
objects[4] = objects[3]
out["assignment"] = {
    "rpn": assigned(proposals, objects, 0.7, 0.3, 0.3),
    "box": assigned(proposals, objects, 0.5, 0.5, 0.5),
}

# ---- feature pyramid network and the heads
fpn = FeaturePyramidNetwork([3, 4, 5], 6, LastLevelMaxPool())
names = filled(fpn, "backbone.fpn.")
inputs = OrderedDict((str(i), nchw(f"map{i}", (2, 12 // 2**i, 8 // 2**i, 3 + i))) for i in range(3))
out["fpn"] = {"names": names, "maps": [stored(f"p{i}", nhwc(y)) for i, y in enumerate(fpn(inputs).values())]}

head = RPNHead(6, 3)
names = filled(head, "rpn.head.")
logits, deltas = head([nchw("rpn map", (2, 3, 4, 6))])
out["rpn"] = {
    "names": names,
    "logits": stored("logits", nhwc(logits[0]).flatten(1)),
    "code": stored("code", nhwc(deltas[0]).reshape(2, -1, 4)),
}

CLASSES = 5
box = torch.nn.ModuleDict({
    "box_head": faster_rcnn.TwoMLPHead(4 * 9, 7),
    "box_predictor": faster_rcnn.FastRCNNPredictor(7, CLASSES + 1),
})
names = filled(box, "roi_heads.")
logits, deltas = box["box_predictor"](box["box_head"](nchw("box features", (6, 3, 3, 4))))
out["box"] = {
    "names": names,
    # Background first and last.
    "logits": stored("logits", torch.cat([logits[:, 1:], logits[:, :1]], 1)),
    "code": stored("code", deltas[:, 4:]),
}

mask = torch.nn.ModuleDict({
    "mask_head": mask_rcnn.MaskRCNNHeads(4, (4, 4, 4, 4), 1),
    "mask_predictor": mask_rcnn.MaskRCNNPredictor(4, 4, CLASSES + 1),
})
names = filled(mask, "roi_heads.")
features = nchw("mask features", (6, 5, 5, 4)).requires_grad_()
labels = [0, 4, 2, 2, 1, 3]
logits = mask["mask_predictor"](mask["mask_head"](features))[range(6), [label + 1 for label in labels]]
logits.backward(tensor(formula("mask gradient", (6, 10, 10))))
out["mask"] = {
    "names": names, "labels": labels, "logits": stored("logits", logits),
    "gradient": stored("gradient", nhwc(features.grad)),
    "filters": stored("filters", mask["mask_predictor"].mask_fcn_logits.weight.grad[1:, :, 0, 0].T),
}

# ---- masks pasted into images, as mmdetection's _do_paste_mask
def pasted(mask, box, height, width):
    left, top, right, bottom = box
    y = (torch.arange(height).double() + 0.5 - top) / (bottom - top) * 2 - 1
    x = (torch.arange(width).double() + 0.5 - left) / (right - left) * 2 - 1
    grid = torch.stack([x[None].expand(height, -1), y[:, None].expand(-1, width)], 2)
    return F.grid_sample(mask[None, None], grid[None], align_corners=False)[0, 0] >= 0.5


out["pasted"] = []
for i, box in enumerate(corners("pasted", 8, 24, 3).double().round(decimals=1)):
    probabilities = torch.tensor((formula(f"mask {i}", (5, 5)) + 1) / 2).round(decimals=3)
    mask = pasted(probabilities, box, 20, 23)
    out["pasted"].append({
        "box": box.tolist(), "probabilities": probabilities.flatten().tolist(),
        "mask": "".join(str(int(pixel)) for pixel in mask.flatten()),
    })

# ---- losses of regions, in double precision
labels = torch.tensor([1, 5, 0, 4, 5, 2, 1, 5])
weights = torch.tensor([1.0, 1, 1, 1, 1, 1, 0, 1], dtype=torch.float64)
counts = torch.tensor([500.0, 100, 20, 3, 0], dtype=torch.float64)
shares = [0.5, 0.1, 0.02, 0.0008, 0.0002]


def cross_entropy(z):
    return F.cross_entropy(z, labels, reduction="none")


def eql(z):
    target = F.one_hot(labels, CLASSES + 1)[:, :CLASSES].double()
    rare = torch.tensor([share < 0.001 for share in shares]).double()
    weight = 1 - (labels < CLASSES).double()[:, None] * rare * (1 - target)
    return (weight * F.binary_cross_entropy_with_logits(z, target, reduction="none")).sum(1)


def seesaw(z):
    classes, objectness = z[:, :CLASSES], z[:, CLASSES:]
    loss = F.cross_entropy(objectness, (labels == CLASSES).long(), reduction="none")
    seen = counts.clone()
    for label, weight in zip(labels, weights):
        if label < CLASSES and weight:
            seen[label] += 1
    seen = seen.clamp(min=1)
    for row, label in enumerate(labels):
        if label == CLASSES:
            continue
        score = classes[row].softmax(0).detach()
        factor = (seen / seen[label]).clamp(max=1) ** 0.8
        factor = factor * (score / score[label].clamp(min=0.01)).clamp(min=1) ** 2
        factor[label] = 1
        loss[row] = loss[row] + F.cross_entropy(classes[row] + factor.log(), label)
    return loss


out["losses"] = {}
for name, loss, width in (("ce", cross_entropy, 6), ("eql", eql, 5), ("seesaw", seesaw, 7)):
    z = torch.tensor(3 * formula(f"logits {name}", (8, width))).requires_grad_()
    value = (loss(z) * weights).sum() / weights.sum()
    value.backward()
    out["losses"][name] = {"value": value.item(), "gradient": digits(z.grad)}

pathlib.Path(__file__).with_name("detection.json").write_text(json.dumps(out) + "\n")

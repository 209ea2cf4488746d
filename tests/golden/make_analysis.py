"""Golden numbers for lib/analysis, from NumPy and PyTorch: python make_analysis.py writes analysis.json to its folder.

A small network with formula weights (make_nn.py's formula), whose head bias is set so that all classes are
predicted, and labels that agree with most of its predictions.
"""
import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

from make_nn import formula

IMAGES, SIDE, CLASSES = 60, 6, 4
COUNTS = [500, 200, 50, 5]
MEAN, STD = np.array([0.5, 0.4, 0.3]), np.array([0.2, 0.25, 0.3])
MID, LAST = 5, 6


def weight(name, shape, scale):
    return torch.tensor(formula(name, shape) * scale)


conv1 = weight("conv1", (3, 3, 3, MID), 0.4)
conv2 = weight("conv2", (3, 3, MID, LAST), 0.4)
head = weight("head", (LAST, CLASSES), 1.0)


def conv(x, kernel, stride):
    return F.conv2d(x, kernel.permute(3, 2, 0, 1), stride=stride, padding=1)


def rest_of_mid(mid, bias, mask=None):
    last = F.relu(conv(mid, conv2, 2))
    embedding = last.mean((2, 3))
    if mask is not None:
        embedding = embedding * mask
    return last, embedding, embedding @ head + bias


pixels = np.floor((formula("images", (IMAGES, SIDE, SIDE, 3)) + 1) / 2 * 256)
# Channels vary over images, so that predictions do.
pixels = np.floor(pixels * (0.5 + 0.5 * (formula("light", (IMAGES, 1, 1, 3)) + 1) / 2))
x = torch.tensor((pixels / 255 - MEAN) / STD).permute(0, 3, 1, 2)
mid = F.relu(conv(x, conv1, 1))
bias = -rest_of_mid(mid, 0)[2].mean(0)
bias = torch.tensor(np.round(bias.numpy(), 3))
last, embedding, logits = rest_of_mid(mid, bias)

predicted = logits.argmax(1).numpy()
turn = formula("labels", (IMAGES,))
labels = np.where(turn < 0.4, predicted, (predicted + 1 + np.floor((turn - 0.4) * 5)).astype(int) % CLASSES)
# A class without images.
labels[labels == 1] = 0


def accuracies(z):
    top = torch.topk(z, 2, 1).values
    assert (top[:, 0] - top[:, 1]).min() > 1e-4, "an image stands between two classes"
    right = z.argmax(1).numpy() == labels
    per_class = [float(100 * right[labels == c].mean()) if (labels == c).any() else None for c in range(CLASSES)]
    return {"all": float(100 * right.mean()), "perClass": per_class}


def without(channels, count):
    mask = torch.ones(count, dtype=torch.float64)
    mask[list(channels)] = 0
    return mask


def at_embedding(channels):
    return accuracies(rest_of_mid(mid, bias, without(channels, LAST))[2])


def at_mid(channels):
    return accuracies(rest_of_mid(mid * without(channels, MID)[None, :, None, None], bias)[2])


def numbers(values):
    return [float(f"{v:.9g}") for v in np.asarray(values, dtype=np.float64).ravel()]


def grad_cam(feature, z, classes):
    slope, = torch.autograd.grad(z.gather(1, torch.tensor(classes)[:, None]).sum(), feature, retain_graph=True)
    cam = F.relu((slope.mean((2, 3), keepdim=True) * feature).sum(1))
    return numbers(F.interpolate(cam[:, None], size=(SIDE, SIDE), mode="bilinear", align_corners=False)[:10].detach())


def attention(feature, channels, power):
    cam = (feature[:, channels].abs() ** power).sum(1)
    return numbers(F.interpolate(cam[:, None], size=(SIDE, SIDE), mode="bilinear", align_corners=False)[3])


mid.requires_grad_()
last, embedding, logits = rest_of_mid(mid, bias)
z, e = logits.detach().numpy(), embedding.detach().numpy()
p = torch.softmax(logits.detach(), 1).numpy()
deviations = e.std(0)
own = [z[labels == c, c].mean() if (labels == c).any() else None for c in range(CLASSES)]

confidence, bins = p.max(1), []
for b in range(5):
    inside = (confidence > b / 5) & (confidence <= (b + 1) / 5)
    bins.append({
        "images": int(inside.sum()),
        "confidence": float(confidence[inside].mean()) if inside.any() else None,
        "accuracy": float((predicted == labels)[inside].mean()) if inside.any() else None,
    })

margins = {c: head.numpy()[:, c] - np.delete(head.numpy(), c, 1).max(1) for c in range(CLASSES)}
direction = formula("direction", (40,))
slopes = formula("slopes", (100,)) - 0.2

out = {
    "counts": COUNTS,
    "labels": labels.tolist(),
    "bias": bias.tolist(),
    "whole": at_embedding([]),
    "embedding": [at_embedding([c]) for c in range(LAST)],
    "mid": [at_mid([c]) for c in range(MID)],
    "groups": [at_embedding(g) for g in ([], [0, 1], [2], [3, 4, 5])],
    "statistics": {
        "mean": numbers(e.mean(0)),
        "deviation": numbers(deviations),
        "ofMeans": float(e.mean(0).var()),
        "ofDeviations": float(deviations.var()),
        "ofVariances": float((deviations**2).var()),
        "histogram": np.histogram(e, 7)[0].tolist(),
    },
    "pooledMid": numbers(mid.detach().mean((2, 3)).numpy().mean(0)),
    "gradCam": {
        "mid": grad_cam(mid, logits, predicted),
        "last": grad_cam(last, logits, labels),
    },
    "attention": attention(mid.detach(), [0, 2, 4], 3),
    "norms": numbers(np.linalg.norm(head.numpy(), axis=0)),
    "unique": {
        str(c): [int(k) for k in np.argsort(-margins[c]) if margins[c][k] > 0 and head.numpy()[k, c] > 0]
        for c in range(CLASSES)
    },
    "logits": {
        "mean": numbers(z.mean(0)),
        "deviation": numbers(z.std(0)),
        "own": [None if v is None else float(v) for v in own],
    },
    "bins": bins,
    "nbn": numbers(np.sort(1.7 * direction / np.linalg.norm(direction))[::-1]),
    "patternA": {
        "whole": float((slopes < 0).mean()),
        "recent": [float((slopes[max(0, i - 9):i + 1] < 0).mean()) for i in range(100)],
    },
}
path = pathlib.Path(__file__).with_name("analysis.json")
path.write_text(json.dumps(out, separators=(",", ":")) + "\n")

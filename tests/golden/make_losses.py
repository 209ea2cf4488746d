"""Writes losses.json: values and gradients of the losses, in PyTorch's double precision, from their formulas.

Run: python3 tests/golden/make_losses.py   (needs torch)
"""
import json
import pathlib

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
counts = torch.tensor([500.0, 120.0, 30.0, 7.0, 1.0])
generator = torch.Generator().manual_seed(0)
logits = torch.randn(6, 5, generator=generator) * 2
cosines = torch.rand(6, 5, generator=generator) * 2 - 1
labels = torch.tensor([0, 4, 2, 2, 1, 3])
prior = counts / counts.sum()


def effective(beta):
    weights = (1 - beta) / (1 - beta**counts)
    return weights / weights.sum() * len(counts)


def focal(z, gamma, weights=None):
    p = F.softmax(z, 1).gather(1, labels[:, None])[:, 0]
    loss = -((1 - p) ** gamma) * p.log()
    w = torch.ones(6) if weights is None else weights[labels]
    return (w * loss).sum() / w.sum()


def sigmoid_focal(z, gamma):
    t = F.one_hot(labels, 5)
    p = torch.sigmoid(z)
    right = torch.where(t == 1, p, 1 - p)
    return (-((1 - right) ** gamma) * right.log()).sum(1).mean()


def ldam(z, weights=None):
    margins = 1 / counts**0.25
    margins = margins * 0.5 / margins.max()
    moved = z - F.one_hot(labels, 5) * margins[labels][:, None]
    return F.cross_entropy(30 * moved, labels, weight=weights)


weights = torch.tensor([0.5, 1.0, 2.0, 3.0, 4.0])
CASES = {
    "crossEntropy": (logits, lambda z: F.cross_entropy(z, labels)),
    "crossEntropy weights": (logits, lambda z: F.cross_entropy(z, labels, weight=weights)),
    "crossEntropy smoothing": (logits, lambda z: F.cross_entropy(z, labels, label_smoothing=0.1)),
    "crossEntropy both": (logits, lambda z: F.cross_entropy(z, labels, weight=weights, label_smoothing=0.2)),
    "focal 1": (logits, lambda z: focal(z, 1)),
    "focal 2 weights": (logits, lambda z: focal(z, 2, weights)),
    "focal 0.5": (logits, lambda z: focal(z, 0.5)),
    "sigmoidFocal 2": (logits, lambda z: sigmoid_focal(z, 2)),
    "classBalancedLoss": (logits, lambda z: F.cross_entropy(z, labels, weight=effective(0.9999))),
    "classBalancedLoss focal": (logits, lambda z: focal(z, 2, effective(0.99))),
    "ldam": (cosines, ldam),
    "ldam deferred": (cosines, lambda z: ldam(z, effective(0.9999))),
    "balancedSoftmax": (logits, lambda z: F.cross_entropy(z + counts.log(), labels)),
    "logitAdjusted": (logits, lambda z: F.cross_entropy(z + 1.5 * prior.log(), labels)),
}
rows = {}
for name, (start, loss) in CASES.items():
    z = start.clone().requires_grad_()
    value = loss(z)
    value.backward()
    rows[name] = {"logits": start.flatten().tolist(), "value": value.item(), "gradient": z.grad.flatten().tolist()}

path = pathlib.Path(__file__).with_name("losses.json")
path.write_text(json.dumps({"counts": counts.tolist(), "labels": labels.tolist(), "weights": weights.tolist(), "cases": rows}) + "\n")

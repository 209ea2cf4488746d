"""Writes losses.json: values and gradients of the losses, in PyTorch's double precision, from their formulas.

Run: python3 tests/golden/make_losses.py   (needs torch)
"""
import json
import math
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


def focal_each(z, gamma):
    p = F.softmax(z, 1).gather(1, labels[:, None])[:, 0]
    return -((1 - p) ** gamma) * p.log()


def focal(z, gamma, weights=None):
    loss = focal_each(z, gamma)
    w = torch.ones(6) if weights is None else weights[labels]
    return (w * loss).sum() / w.sum()


def ldam_focal(z, gamma, weights):
    """As in LDAM's code: the weight enters p, and the mean is over images."""
    loss = F.cross_entropy(z, labels, weight=weights, reduction="none")
    return ((1 - (-loss).exp()) ** gamma * loss).mean()


def sigmoid_focal(z, gamma, weights=torch.ones(5)):
    t = F.one_hot(labels, 5)
    p = torch.sigmoid(z)
    right = torch.where(t == 1, p, 1 - p)
    return (weights[labels] * (-((1 - right) ** gamma) * right.log()).sum(1)).mean()


def cui(z, weights, **options):
    """As in Cui et al.: the mean of the weighted losses over images."""
    return F.cross_entropy(z, labels, weight=weights, reduction="none", **options).mean()


def ldam(z, weights=None):
    margins = 1 / counts**0.25
    margins = margins * 0.5 / margins.max()
    moved = z - F.one_hot(labels, 5) * margins[labels][:, None]
    return F.cross_entropy(30 * moved, labels, weight=weights)


def abc_norm(z, tau):
    f = counts / counts.mean()
    return (1 - tau) * F.cross_entropy(z, labels) + tau * ((F.softmax(z, 1) * f.sqrt()) ** 2).sum(1).mean()


def smoothing(z, head, tail, shape):
    r = (counts - counts.min()) / (counts.max() - counts.min())
    half = math.pi / 2
    epsilon = {
        "concave": tail + (head - tail) * torch.sin(r * half),
        "linear": tail + (head - tail) * r,
        "convex": head + (head - tail) * torch.sin(3 * half + r * half),
    }[shape][labels]
    log_p = F.log_softmax(z, 1)
    return ((1 - epsilon) * -log_p.gather(1, labels[:, None])[:, 0] + epsilon * -log_p.mean(1)).mean()


def sigmoid_eql(z, threshold):
    t = F.one_hot(labels, 5).to(z.dtype)
    w = 1 - (prior < threshold).to(z.dtype) * (1 - t)
    return (w * F.binary_cross_entropy_with_logits(z, t, reduction="none")).sum(1).mean()


def ala(c, scale, detach):
    quantity = math.log(2) / torch.log(counts / counts.min() + 1)
    own = c.gather(1, labels[:, None])[:, 0]
    difficulty = (1 - (own.detach() if detach else own)) / 2
    moved = scale * c - F.one_hot(labels, 5) * (scale * difficulty * quantity[labels])[:, None]
    return F.cross_entropy(moved, labels)


def softmax_binary(z, weights):
    t = F.one_hot(labels, 5).to(z.dtype)
    w = weights[labels][:, None].repeat(1, 5)
    return F.binary_cross_entropy(F.softmax(z, 1), t, weight=w)


def tsc(c, a, kappa):
    return F.cross_entropy((1 + F.softplus(torch.tensor(a))) * 2 / (1 + kappa * (1 - c)), labels)


def disalign_weights(rho):
    w = (1 / prior) ** rho
    return w / w.sum() * 5


weights = torch.tensor([0.5, 1.0, 2.0, 3.0, 4.0])
CASES = {
    "crossEntropy": (logits, lambda z: F.cross_entropy(z, labels)),
    "crossEntropy weights": (logits, lambda z: F.cross_entropy(z, labels, weight=weights)),
    "crossEntropy smoothing": (logits, lambda z: F.cross_entropy(z, labels, label_smoothing=0.1)),
    "crossEntropy both": (logits, lambda z: F.cross_entropy(z, labels, weight=weights, label_smoothing=0.2)),
    "crossEntropy mean": (logits, lambda z: cui(z, weights)),
    "crossEntropy both mean": (logits, lambda z: cui(z, weights, label_smoothing=0.2)),
    "focal 1": (logits, lambda z: focal(z, 1)),
    "focal 2 weights": (logits, lambda z: focal(z, 2, weights)),
    "focal 2 weights mean": (logits, lambda z: (weights[labels] * focal_each(z, 2)).mean()),
    "focal 1 LDAM": (logits, lambda z: ldam_focal(z, 1, weights)),
    "focal 0.5": (logits, lambda z: focal(z, 0.5)),
    "sigmoidFocal 2": (logits, lambda z: sigmoid_focal(z, 2)),
    "classBalancedLoss": (logits, lambda z: cui(z, effective(0.9999))),
    "classBalancedLoss weighted": (logits, lambda z: F.cross_entropy(z, labels, weight=effective(0.9999))),
    "classBalancedLoss focal": (logits, lambda z: (effective(0.99)[labels] * focal_each(z, 2)).mean()),
    "classBalancedLoss sigmoid": (logits, lambda z: sigmoid_focal(z, 2, effective(0.99))),
    "ldam": (cosines, ldam),
    "ldam deferred": (cosines, lambda z: ldam(z, effective(0.9999))),
    "balancedSoftmax": (logits, lambda z: F.cross_entropy(z + counts.log(), labels)),
    "logitAdjusted": (logits, lambda z: F.cross_entropy(z + 1.5 * prior.log(), labels)),
    "abcNorm": (logits, lambda z: abc_norm(z, 0.5)),
    "abcNorm 0.2": (logits, lambda z: abc_norm(z, 0.2)),
    "labelAwareSmoothing": (logits, lambda z: smoothing(z, 0.3, 0.0, "concave")),
    "labelAwareSmoothing linear": (logits, lambda z: smoothing(z, 0.4, 0.1, "linear")),
    "labelAwareSmoothing convex": (logits, lambda z: smoothing(z, 0.4, 0.1, "convex")),
    "sigmoidEql": (logits, lambda z: sigmoid_eql(z, 1.77e-3)),
    "sigmoidEql 0.1": (logits, lambda z: sigmoid_eql(z, 0.1)),
    "iif": (logits, lambda z: F.cross_entropy(z * torch.log(counts.sum() / counts), labels)),
    "iif smooth": (
        logits,
        lambda z: F.cross_entropy(z * (torch.log((counts.sum() + 1) / (counts + 1)) + 1), labels),
    ),
    "ala": (cosines, lambda c: ala(c, 30, True)),
    "ala differentiated": (cosines, lambda c: ala(c, 16, False)),
    "softmaxBinary": (logits, lambda z: softmax_binary(z, torch.ones(5))),
    "softmaxBinary weights": (logits, lambda z: softmax_binary(z, effective(0.9999))),
    "tsc": (cosines, lambda c: tsc(c, 0.0, 16)),
    "tsc sharper": (cosines, lambda c: tsc(c, 1.5, 4)),
    "disalign": (logits, lambda z: F.cross_entropy(z, labels, weight=disalign_weights(1.2))),
}
rows = {}
for name, (start, loss) in CASES.items():
    z = start.clone().requires_grad_()
    value = loss(z)
    value.backward()
    rows[name] = {"logits": start.flatten().tolist(), "value": value.item(), "gradient": z.grad.flatten().tolist()}

path = pathlib.Path(__file__).with_name("losses.json")
path.write_text(json.dumps({"counts": counts.tolist(), "labels": labels.tolist(), "weights": weights.tolist(), "cases": rows}) + "\n")

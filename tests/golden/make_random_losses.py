"""Writes random_losses.json: uniform draws and random losses, in PyTorch's double precision.

Run: python3 tests/golden/make_random_losses.py   (needs torch)
"""
import json
import math
import pathlib

import torch
import torch.nn.functional as F

from philox import uniform

torch.set_default_dtype(torch.float64)
counts = torch.tensor([500.0, 120.0, 30.0, 7.0, 1.0])
labels = torch.tensor([0, 4, 2, 2, 1, 3])
prior = counts / counts.sum()
generator = torch.Generator().manual_seed(1)
logits = torch.randn(6, 5, generator=generator) * 2
cosines = torch.rand(6, 5, generator=generator) * 2 - 1
SEED = [12345, 678]
hot = F.one_hot(labels, 5).to(torch.float64)


def eql(z, gamma, threshold):
    beta = (torch.tensor(uniform(SEED, 30)).reshape(6, 5) < gamma).to(torch.float64)
    w = 1 - beta * (prior < threshold).to(torch.float64) * (1 - hot)
    return (torch.log((w * z.exp()).sum(1)) - z.gather(1, labels[:, None])[:, 0]).mean()


def gcl(c, scale, noise, margin, gamma):
    first, second = torch.tensor(uniform(SEED, 60)).reshape(2, 6, 5)
    normal = torch.sqrt(-2 * torch.log(1 - first)) * torch.cos(2 * math.pi * second)
    epsilon = (normal / 3).clamp(-1, 1).abs()
    cloud = (counts.max().log() - counts.log()) / (counts.max().log() - counts.min().log())
    moved = c - noise * epsilon * cloud - margin * hot
    loss = F.cross_entropy(scale * moved, labels, reduction="none")
    # As in its authors' code, the focal factor is detached.
    return ((1 - (-loss).exp()).detach() ** gamma * loss).mean()


CASES = {
    "eql": (logits, lambda z: eql(z, 0.9, 0.1)),
    "eql threshold": (logits, lambda z: eql(z, 0.5, 0.05)),
    "gcl": (cosines, lambda c: gcl(c, 30, 0.5, 0, 0)),
    "gcl stage 2": (cosines, lambda c: gcl(c, 20, 0.5, 0.1, 1)),
}
rows = {}
for name, (start, loss) in CASES.items():
    z = start.clone().requires_grad_()
    value = loss(z)
    value.backward()
    rows[name] = {"logits": start.flatten().tolist(), "value": value.item(), "gradient": z.grad.flatten().tolist()}

draws = [{"seed": seed, "uniform": uniform(seed, size)} for seed, size in (([0, 0], 5), (SEED, 11), ([-7, 2**31 - 1], 8))]
path = pathlib.Path(__file__).with_name("random_losses.json")
path.write_text(
    json.dumps({"counts": counts.tolist(), "labels": labels.tolist(), "seed": SEED, "draws": draws, "cases": rows}) + "\n"
)

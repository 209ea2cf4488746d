"""Writes xerm_experts.json: xERM of several experts in PyTorch's double precision, written image by image over the
formulas.

Run: python3 tests/golden/make_xerm_experts.py   (needs torch)
"""
import json
import math
import pathlib

import torch

torch.set_default_dtype(torch.float64)
counts = [500, 120, 30, 7, 1]
generator = torch.Generator().manual_seed(7)


def risk(logits, label):
    return torch.logsumexp(logits, 0) - logits[label]


def xerm_experts(experts, teacher, labels, gamma, tau, scale):
    total = 0
    for i, label in enumerate(labels):
        z = scale * teacher[i].detach()
        balanced = torch.stack([z[c] - tau * math.log(n / sum(counts)) + math.log(1 / 5) for c, n in enumerate(counts)])
        other, factual = risk(balanced, label) ** gamma, risk(z, label) ** gamma
        w = other / (other + factual + 1e-5)
        wanted = balanced.exp() / balanced.exp().sum()
        for expert in experts:
            s = scale * expert[i]
            taught = sum(wanted[c] * risk(s, c) for c in range(5))
            total = total + (w * taught + (1 - w) * risk(s, label)) / len(labels)
    return total


def case(draw, labels, **options):
    tensors = {name: draw().requires_grad_() for name in ("expert0", "expert1", "expert2", "teacher")}
    experts = [tensors[f"expert{i}"] for i in range(3)]
    value = xerm_experts(experts, tensors["teacher"], labels, **options)
    value.backward()
    return {
        "labels": labels,
        "options": options,
        "value": value.item(),
        "experts": [z.flatten().tolist() for z in experts],
        "teacher": tensors["teacher"].flatten().tolist(),
        "gradients": [z.grad.flatten().tolist() for z in experts],
    }


normal = lambda: torch.randn(6, 5, generator=generator)
cosines = lambda: torch.rand(6, 5, generator=generator) * 2 - 1
labels = [0, 4, 2, 2, 1, 3]
cases = [
    case(normal, labels, gamma=1, tau=2, scale=1),
    case(cosines, labels, gamma=1, tau=2, scale=30),
    case(normal, labels, gamma=1.5, tau=1, scale=1),
]
path = pathlib.Path(__file__).with_name("xerm_experts.json")
path.write_text(json.dumps({"counts": counts, "cases": cases}) + "\n")

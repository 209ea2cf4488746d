"""Writes heads.json: the end of a network, in PyTorch's double precision: IIF's smooth form with its
head (logits, loss, gradients), and losses of mixed images.

Run: python3 tests/golden/make_heads.py   (needs torch)
"""
import json
import pathlib

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
generator = torch.Generator().manual_seed(3)
counts = torch.tensor([500.0, 120.0, 30.0, 7.0, 1.0])
labels = torch.tensor([0, 4, 2, 2, 1, 3])
partners = torch.tensor([1, 0, 2, 4, 0, 0])


def flat(x):
    return x.detach().flatten().tolist()


# Alexandridis et al.: cosine head 16 * x / (1 + |x|) * w / |w|, times log((N + 1) / (n + 1)) + 1.
features = torch.randn(6, 4, generator=generator).requires_grad_()
weight = torch.randn(5, 4, generator=generator).requires_grad_()
bounded = 16 * features / (1 + features.norm(dim=1, keepdim=True))
head = F.linear(bounded, F.normalize(weight, dim=1))
factors = torch.log((counts.sum() + 1) / (counts + 1)) + 1
loss = F.cross_entropy(head * factors, labels)
loss.backward()
smooth = {
    "features": flat(features),
    "weight": flat(weight.T.contiguous()),
    "logits": flat(head),
    "loss": loss.item(),
    "featureGradient": flat(features.grad),
    "weightGradient": flat(weight.grad.T.contiguous()),
}

# Mixed images: one λ for all, and one for each.
logits = (torch.randn(6, 5, generator=generator) * 2).requires_grad_()
hot, other = F.one_hot(labels, 5).double(), F.one_hot(partners, 5).double()
prior = counts.log()


def soft(z, shares):
    targets = shares[:, None] * hot + (1 - shares[:, None]) * other
    return -(targets * F.log_softmax(z, 1)).sum(1).mean()


def mixed(z, share, one):
    return share * one(z, labels) + (1 - share) * one(z, partners)


shares = torch.tensor([0.3, 1.0, 0.0, 0.55, 0.8, 0.3])
CASES = {
    "ce shared": lambda z: mixed(z, 0.3, F.cross_entropy),
    "balanced-softmax shared": lambda z: mixed(z, 0.3, lambda z, y: F.cross_entropy(z + prior, y)),
    "ce single": lambda z: soft(z, shares),
    "balanced-softmax single": lambda z: soft(z + prior, shares),
}
cases = {}
for name, one in CASES.items():
    z = logits.detach().clone().requires_grad_()
    value = one(z)
    value.backward()
    cases[name] = {"value": value.item(), "gradient": flat(z.grad)}

path = pathlib.Path(__file__).with_name("heads.json")
path.write_text(
    json.dumps(
        {
            "counts": counts.tolist(),
            "labels": labels.tolist(),
            "partners": partners.tolist(),
            "shares": shares.tolist(),
            "logits": flat(logits),
            "smooth": smooth,
            "mixed": cases,
        }
    )
    + "\n"
)

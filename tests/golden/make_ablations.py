"""Golden values of the paper's alternatives to NBN, from PyTorch: python make_ablations.py writes ablations.json.

Inputs come from the formula of make_nn.py.
"""
import json
import math
import pathlib

import torch
import torch.nn.functional as F

from make_nn import formula, stored, tensor

SHAPE, FILTERS = (3, 4, 5, 6), 4


def leaves(**shapes):
    return {
        name: tensor(offset + scale * formula(name, shape)).requires_grad_()
        for name, (shape, scale, offset) in shapes.items()
    }


def case(kind, y, inputs):
    (y * tensor(formula("cotangent", tuple(y.shape)))).sum().backward()
    return {
        "kind": kind, "y": stored("y", y),
        "gradients": {name: stored(name, leaf.grad) for name, leaf in inputs.items()},
    }


def norms():
    channels = (SHAPE[-1],)
    for kind in ("layerNorm", "instanceNorm", "featureNorm C", "featureNorm CHW"):
        more = {} if kind.startswith("feature") else {"weight": (channels, 0.5, 1), "bias": (channels, 0.5, 0)}
        found = leaves(x=(SHAPE, 3, -0.25), **more)
        x = found["x"].permute(0, 3, 1, 2)
        if kind == "layerNorm":
            y = F.group_norm(x, 1, found["weight"], found["bias"])
        elif kind == "instanceNorm":
            y = F.instance_norm(x, weight=found["weight"], bias=found["bias"])
        elif kind == "featureNorm C":
            y = F.normalize(x, dim=1) * math.sqrt(SHAPE[-1])
        else:
            flat = x.flatten(1)
            y = (F.normalize(flat, dim=1) * math.sqrt(flat.shape[1])).view(x.shape)
        yield case(kind, y.permute(0, 2, 3, 1), found)


def weight_norm():
    found = leaves(x=(SHAPE, 1, 0), weight=((3, 3, SHAPE[-1], FILTERS), 0.5, 0), gain=((FILTERS,), 0.5, 1))
    filters = torch._weight_norm(found["weight"].permute(3, 2, 0, 1).contiguous(), found["gain"].view(-1, 1, 1, 1), 0)
    y = F.conv2d(found["x"].permute(0, 3, 1, 2), filters, padding=1)
    return case("weightNorm", y.permute(0, 2, 3, 1), found)


def variances():
    """Cross-entropy of synthetic logits plus 0.3 times the variances of two layers."""
    found = leaves(
        logits=((4, 3), 2, 0), weight1=((6,), 0.5, 1), bias1=((6,), 0.5, 0), weight2=((9,), 0.5, 1), bias2=((9,), 0.5, 0))
    loss = F.cross_entropy(found["logits"], torch.tensor([0, 2, 1, 0]))
    for name in ("weight1", "bias1", "weight2", "bias2"):
        loss = loss + 0.3 * torch.var(found[name], correction=0)
    loss.backward()
    return {
        "kind": "varianceRegularized", "y": stored("y", loss),
        "gradients": {name: stored(name, leaf.grad) for name, leaf in found.items()},
    }


golden = [*norms(), weight_norm(), variances()]
path = pathlib.Path(__file__).with_name("ablations.json")
path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
print([row["kind"] for row in golden], path.stat().st_size)

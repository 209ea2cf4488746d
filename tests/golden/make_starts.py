"""Writes starts.json: PyTorch's initialisation of linear layers of 64 inputs, by moments over many draws.

`pytorch` is nn.Linear itself; `he` what LDAM's code makes of it; `cosine` LDAM's layer of cosines.

Run: python3 tests/golden/make_starts.py   (needs torch)
"""
import json
import pathlib

import torch
from torch import nn

torch.manual_seed(0)
INPUTS, UNITS = 64, 20_000


def moments(weight, bias=None):
    """Of weights `[units, inputs]`."""
    found = {
        "deviation": weight.std().item(),
        "largest": weight.abs().max().item(),
        # 1.8 for a uniform distribution, 3 for a normal one.
        "kurtosis": ((weight / weight.std()) ** 4).mean().item(),
        "length": weight.norm(dim=1).mean().item(),
        "lengthDeviation": weight.norm(dim=1).std().item(),
    }
    return found if bias is None else {**found, "biasDeviation": bias.std().item(), "biasLargest": bias.abs().max().item()}


with torch.no_grad():
    plain = nn.Linear(INPUTS, UNITS)
    he = nn.Linear(INPUTS, UNITS)
    nn.init.kaiming_normal_(he.weight)
    he.bias.zero_()
    cosine = torch.empty(INPUTS, UNITS).uniform_(-1, 1).renorm_(2, 1, 1e-5).mul_(1e5)
    golden = {
        "inputs": INPUTS,
        "pytorch": moments(plain.weight, plain.bias),
        "he": moments(he.weight, he.bias),
        "cosine": moments(cosine.T),
    }

path = pathlib.Path(__file__).with_name("starts.json")
path.write_text(json.dumps(golden) + "\n")

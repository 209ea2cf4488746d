"""Writes second_stage.json: steps of a head on a frozen backbone, from PyTorch in double precision.

Either the backbone's batch norms are in evaluation mode, so that their running statistics stay as they are, or in
training mode, as in the code of classifier-balancing and LTR-WD: then the batch normalises and the statistics move.

Run: python3 tests/golden/make_second_stage.py   (needs torch and numpy)
"""
import json
import pathlib

import torch
import torch.nn.functional as F

from make_nn import Resnet, digits, images, labels, stored

BATCH, SIZE, STEPS, RATE = 6, 8, 3, 0.2
KEPT = ["stem/bn/mean", "stem/bn/variance", "stage3/block1/bn2/mean", "stage3/block1/bn2/variance"]


def case(statistics):
    net = Resnet(8, 10, nbn="smooth", jitter=True)
    net.params = {path: leaf.detach().double() for path, leaf in net.params.items()}
    net.state = {path: value.double() for path, value in net.state.items()}
    head = [net.params[path].requires_grad_() for path in ("head/weight", "head/bias")]
    optimizer = torch.optim.SGD(head, lr=RATE, momentum=0.9, weight_decay=5e-4)
    losses = []
    for step in range(STEPS):
        optimizer.zero_grad()
        logits = net(images(f"images/{step}", BATCH, SIZE).double(), statistics == "shifting")
        loss = F.cross_entropy(logits, labels(f"labels/{step}", BATCH, 10))
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    tensors = {"head/weight": head[0], "head/bias": head[1], **{path: net.state[path] for path in KEPT}}
    return {
        "statistics": statistics,
        "losses": digits(losses),
        "tensors": {path: stored(path, value.detach()) for path, value in tensors.items()},
    }


golden = {"batch": BATCH, "size": SIZE, "rate": RATE, "cases": [case("fixed"), case("shifting")]}
path = pathlib.Path(__file__).with_name("second_stage.json")
path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")

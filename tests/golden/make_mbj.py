"""Writes mbj.json: values and gradients of MBJ's loss, in double precision from its formulas, and memories.

Run: python3 tests/golden/make_mbj.py   (needs numpy)
"""
import json
import pathlib
import random

import numpy as np

from arrays import numeric_gradient, packed

rng = np.random.default_rng(0)
COUNTS = [60, 12, 3]
LABELS = [0, 2, 1, 0]
MEMORY_LABELS = [2, 1, 0, 2, 1, -1, -1]
CHANNELS = 5


def cross_entropies(logits, labels):
    shifted = logits - logits.max(1, keepdims=True)
    log = shifted - np.log(np.exp(shifted).sum(1, keepdims=True))
    return -log[np.arange(len(labels)), labels]


def unit(x, axis):
    return x / np.sqrt((x**2).sum(axis, keepdims=True))


def linear(x, weight, bias):
    return x @ weight + bias


def cosine(x, weight):
    return unit(x, 1) @ unit(weight, 0)


def remembered(memory, head, scale):
    """Sum of the cross-entropies of the places that are taken, and their number."""
    taken = [i for i, label in enumerate(MEMORY_LABELS) if label >= 0]
    labels = [MEMORY_LABELS[i] for i in taken]
    return cross_entropies(scale * head(memory[taken]), labels).sum(), len(taken)


def one(inputs, memory, factor, pooled):
    head = lambda x: linear(x, inputs["weight"], inputs["bias"])
    own = cross_entropies(head(inputs["features"]), LABELS).mean()
    total, number = remembered(memory, head, 1)
    if pooled:
        batch = len(LABELS)
        return (batch * own + factor * total) / (batch + factor * number)
    return own + factor * total / number


def experts(inputs, memory, factor):
    """The sum over two experts with cosine classifiers, times 30; each has its own columns of the features."""
    loss = 0
    for expert in range(2):
        columns = slice(expert * CHANNELS, (expert + 1) * CHANNELS)
        head = lambda x: cosine(x, inputs[f"weight{expert + 1}"])
        loss += cross_entropies(30 * head(inputs["features"][:, columns]), LABELS).mean()
        total, number = remembered(memory[:, columns], head, 30)
        loss += factor * total / number
    return loss


def case(loss, inputs, memory):
    gradients = {
        name: numeric_gradient(lambda moved: loss({**inputs, name: moved}), x, h=1e-5).ravel().tolist()
        for name, x in inputs.items()
    }
    return {
        "inputs": {name: packed(x) for name, x in inputs.items()},
        "memory": packed(memory),
        "value": float(loss(inputs)),
        "gradients": gradients,
    }


single = {
    "features": rng.normal(size=(4, CHANNELS)),
    "weight": rng.normal(size=(CHANNELS, 3)),
    "bias": rng.normal(size=3),
}
several = {
    "features": rng.normal(size=(4, 2 * CHANNELS)),
    "weight1": rng.normal(size=(CHANNELS, 3)),
    "weight2": rng.normal(size=(CHANNELS, 3)),
}
memory = rng.normal(size=(len(MEMORY_LABELS), CHANNELS))
wide = rng.normal(size=(len(MEMORY_LABELS), 2 * CHANNELS))
cases = {
    "all": case(lambda x: one(x, memory, 1, False), single, memory),
    # λ = 0.8, of which two of four steps have been taken.
    "half": case(lambda x: one(x, memory, 0.4, False), single, memory),
    "pooled": case(lambda x: one(x, memory, 1, True), single, memory),
    "pooled half": case(lambda x: one(x, memory, 0.4, True), single, memory),
    "experts": case(lambda x: experts(x, wide, 1), several, wide),
}

# Queues of numbers, as lists: the images of a batch that are admitted go to the front, in the batch's order.
draw = random.Random(0)
queue, queues, image = [-1] * 7, [], 0
for step in range(12):
    # Also more images than places, none, and all.
    batch = [3, 3, 9, 1][step % 4]
    images = list(range(image, image + batch))
    image += batch
    admitted = [step == 10 or (step != 5 and draw.random() < 0.6) for _ in images]
    queue = ([i for i, a in zip(images, admitted) if a] + queue)[: len(queue)]
    queues.append({"images": images, "admitted": [int(a) for a in admitted], "after": queue})

path = pathlib.Path(__file__).with_name("mbj.json")
path.write_text(
    json.dumps(
        {
            "versions": {"numpy": np.__version__},
            "counts": COUNTS,
            "labels": LABELS,
            "memoryLabels": MEMORY_LABELS,
            "cases": cases,
            "queues": queues,
        }
    )
    + "\n"
)

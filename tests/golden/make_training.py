"""Writes training.json: steps of PyTorch's SGD, and metrics computed with numpy.

python tests/golden/make_training.py > tests/golden/training.json
"""

import json

import numpy as np
import torch

generator = np.random.default_rng(7)


def trajectory(momentum, nesterov, weight_decay):
    start = generator.normal(size=(2, 3)).astype(np.float32)
    gradients = generator.normal(size=(5, 2, 3)).astype(np.float32)
    rates = [0.1, 0.1, 0.05, 0.02, 0.3]
    parameter = torch.nn.Parameter(torch.tensor(start))
    optimizer = torch.optim.SGD(
        [parameter], lr=0.1, momentum=momentum, nesterov=nesterov, weight_decay=weight_decay
    )
    after = []
    for rate, gradient in zip(rates, gradients):
        for group in optimizer.param_groups:
            group["lr"] = rate
        parameter.grad = torch.tensor(gradient)
        optimizer.step()
        after.append(parameter.detach().numpy().ravel().tolist())
    return {
        "momentum": momentum,
        "nesterov": nesterov,
        "weightDecay": weight_decay,
        "start": start.ravel().tolist(),
        "gradients": gradients.reshape(5, -1).tolist(),
        "rates": rates,
        "after": after,
    }


def metrics():
    classes, images = 6, 400
    counts = [500, 101, 100, 20, 19, 3]
    labels = generator.integers(0, classes, images)
    logits = generator.normal(size=(images, classes)) * 2
    logits[np.arange(images), labels] += 2.0
    p = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    predicted = p.argmax(1)
    right = predicted == labels
    per_class = [100 * right[labels == c].mean() for c in range(classes)]
    groups = {
        "head": np.mean([a for a, n in zip(per_class, counts) if n > 100]),
        "medium": np.mean([a for a, n in zip(per_class, counts) if 20 <= n <= 100]),
        "tail": np.mean([a for a, n in zip(per_class, counts) if n < 20]),
    }
    f1 = []
    for c in range(classes):
        tp = ((predicted == c) & (labels == c)).sum()
        precision = tp / (predicted == c).sum()
        recall = tp / (labels == c).sum()
        f1.append(2 * precision * recall / (precision + recall))
    confidence = p.max(1)
    ece = 0.0
    edges = np.linspace(0, 1, 16)
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            ece += abs(right[inside].mean() - confidence[inside].mean()) * inside.mean()
    return {
        "counts": counts,
        "labels": labels.tolist(),
        "predicted": predicted.tolist(),
        "confidence": np.round(confidence, 7).tolist(),
        "all": 100 * right.mean(),
        **groups,
        "perClass": per_class,
        "macroF1": 100 * float(np.mean(f1)),
        "calibrationError": ece,
    }


print(
    json.dumps(
        {
            "sgd": [
                trajectory(0.9, False, 5e-4),
                trajectory(0.9, True, 0.01),
                trajectory(0.0, False, 0.1),
            ],
            "metrics": metrics(),
        }
    )
)

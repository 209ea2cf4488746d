"""Writes settings.json: PyTorch's results for settings that change a step.

python tests/golden/make_settings.py > tests/golden/settings.json
"""

import json

import numpy as np
import torch

generator = np.random.default_rng(13)


def floats(*shape):
    return generator.normal(size=shape).astype(np.float32)


def adamw(beta1, beta2, epsilon, weight_decay):
    """Two parameters; the second does not decay."""
    starts, gradients = floats(2, 6), floats(6, 2, 6)
    # Gradients of very different norms, and steps without gradients.
    gradients[:, 0] *= np.array([1, 1e-3, 100, 0, 1, 1], np.float32)[:, None]
    rates = [1e-3, 1e-3, 0.1, 0.02, 0.3, 1e-4]
    parameters = [torch.nn.Parameter(torch.tensor(start)) for start in starts]
    optimizer = torch.optim.AdamW(
        [
            {"params": [parameters[0]], "weight_decay": weight_decay},
            {"params": [parameters[1]], "weight_decay": 0.0},
        ],
        betas=(beta1, beta2),
        eps=epsilon,
    )
    after = []
    for rate, gradient in zip(rates, gradients):
        for group in optimizer.param_groups:
            group["lr"] = rate
        for parameter, own in zip(parameters, gradient):
            parameter.grad = torch.tensor(own)
        optimizer.step()
        after.append([parameter.detach().tolist() for parameter in parameters])
    return {
        "beta1": beta1,
        "beta2": beta2,
        "epsilon": epsilon,
        "weightDecay": weight_decay,
        "starts": starts.tolist(),
        "gradients": gradients.tolist(),
        "rates": rates,
        "after": after,
    }


def clipped(most, scale):
    gradients = [floats(3, 2) * scale, floats(4) * scale, np.float32(0.5 * scale)]
    parameters = [torch.nn.Parameter(torch.zeros(np.shape(g))) for g in gradients]
    for parameter, gradient in zip(parameters, gradients):
        parameter.grad = torch.tensor(gradient)
    norm = torch.nn.utils.clip_grad_norm_(parameters, most)
    return {
        "most": most,
        "gradients": [np.asarray(g).ravel().tolist() for g in gradients],
        "norm": norm.item(),
        "clipped": [parameter.grad.ravel().tolist() for parameter in parameters],
    }


def smoothed(smoothing, weighted):
    classes = 5
    logits = torch.tensor(floats(8, classes) * 3, requires_grad=True)
    labels = torch.tensor(generator.integers(0, classes, 8))
    counts = [500, 120, 40, 12, 3]
    weights = [0.2, 0.5, 1.0, 1.5, 1.8]
    loss = torch.nn.CrossEntropyLoss(
        weight=torch.tensor(weights) if weighted else None, label_smoothing=smoothing
    )
    value = loss(logits, labels)
    value.backward()
    balanced = torch.nn.CrossEntropyLoss(label_smoothing=smoothing)(
        logits.detach() + torch.tensor(counts).log(), labels
    )
    return {
        "smoothing": smoothing,
        "weights": weights if weighted else None,
        "counts": counts,
        "logits": logits.tolist(),
        "labels": labels.tolist(),
        "value": value.item(),
        "gradient": logits.grad.ravel().tolist(),
        "balanced": balanced.item(),
    }


def trajectory():
    """SGD on the clipped mean gradient of three batches: a step with both settings."""
    x, y = floats(12, 4), generator.integers(0, 3, 12)
    weight = floats(4, 3)
    linear = torch.nn.Linear(4, 3)
    with torch.no_grad():
        linear.weight.copy_(torch.tensor(weight.T))
        linear.bias.zero_()
    optimizer = torch.optim.SGD(linear.parameters(), lr=0.5, momentum=0.9, weight_decay=0.01)
    after = []
    for _ in range(3):
        optimizer.zero_grad()
        for first in range(0, 12, 4):
            part = slice(first, first + 4)
            loss = torch.nn.functional.cross_entropy(
                linear(torch.tensor(x[part])), torch.tensor(y[part])
            )
            (loss / 3).backward()
        torch.nn.utils.clip_grad_norm_(linear.parameters(), 0.2)
        optimizer.step()
        after.append(linear.weight.detach().T.ravel().tolist() + linear.bias.tolist())
    return {
        "x": x.tolist(),
        "y": y.tolist(),
        "weight": weight.tolist(),
        "after": after,
    }


print(
    json.dumps(
        {
            "adamw": [
                adamw(0.9, 0.999, 1e-8, 0.01),
                adamw(0.8, 0.95, 1e-4, 0.3),
                adamw(0.0, 0.9, 1e-8, 0.0),
            ],
            "clipped": [clipped(1.0, 1.0), clipped(100.0, 1.0), clipped(1e-3, 1e4)],
            "smoothed": [smoothed(0.1, False), smoothed(0.3, True)],
            "accumulated": trajectory(),
        }
    )
)

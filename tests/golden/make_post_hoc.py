"""Writes post_hoc.json: classifiers changed after training, with NumPy in double precision.

Run: python3 tests/golden/make_post_hoc.py   (needs numpy and torch)
"""
import json
import pathlib

import numpy as np
import torch

generator = np.random.default_rng(5)
logits = generator.normal(size=(40, 5)) * [1, 2, 3, 0.5, 1] + [4, 1, 0, -2, -3]
mean, variance = logits.mean(0), logits.var(0)
weight = generator.normal(size=(4, 5))
length = np.sqrt((weight**2).sum(0))
threshold = length.min() + 0.1 * (length.max() - length.min())

running_mean, running_variance = np.zeros(5), np.ones(5)
for batch in (logits[:16], logits[16:40]):
    running_mean = 0.9 * running_mean + 0.1 * batch.mean(0)
    running_variance = 0.9 * running_variance + 0.1 * batch.var(0)

features = generator.normal(size=(30, 4)) + [1, 0, 0, 2]
labels = np.r_[np.zeros(15), np.ones(8), np.full(4, 2), np.full(2, 3), 4].astype(int)
centre = features.mean(0)
direction = lambda x: (x - centre) / np.linalg.norm(x - centre, axis=1, keepdims=True)
means = np.stack([direction(features)[labels == c].mean(0) for c in range(5)])
tests = generator.normal(size=(7, 4)) + [1, 0, 0, 2]
found = direction(tests)
euclidean = np.array([[-(((x - m) ** 2).sum()) for m in means] for x in found])
cosine = np.array([[x @ m / np.linalg.norm(m) for m in means] for x in found])

torch.set_default_dtype(torch.float64)
calibrated = {
    "logits": torch.tensor(logits[:6]),
    "features": torch.tensor(features[:6]),
    "scale": torch.tensor([1.5, 1.0, 0.8, 2.0, 1.2]),
    "bias": torch.tensor([0.1, -0.2, 0.0, 0.5, 1.0]),
    "confidenceWeight": torch.tensor(generator.normal(size=(4, 1))),
    "confidenceBias": torch.tensor([0.3]),
}
free = {name: tensor.clone().requires_grad_() for name, tensor in calibrated.items()}
sigma = torch.sigmoid(free["features"] @ free["confidenceWeight"] + free["confidenceBias"])
output = sigma * (free["scale"] * free["logits"] + free["bias"]) + (1 - sigma) * free["logits"]
(output**2).sum().backward()

flat = lambda array: np.asarray(array).ravel().tolist()
path = pathlib.Path(__file__).with_name("post_hoc.json")
path.write_text(
    json.dumps(
        {
            "logits": flat(logits),
            "mean": flat(mean),
            "variance": flat(variance),
            "runningMean": flat(running_mean),
            "runningVariance": flat(running_variance),
            "logN": flat((logits - (mean - mean.min())) / np.sqrt(variance)),
            "weight": flat(weight),
            "tauNorm": {str(tau): flat(weight / length**tau) for tau in (0.0, 0.5, 1.0, 2.0)},
            "threshold": threshold,
            "maxNorm": flat(weight * np.minimum(1, threshold / length)),
            "features": flat(features),
            "labels": flat(labels),
            "means": flat(means),
            "tests": flat(tests),
            "euclidean": flat(euclidean),
            "cosine": flat(cosine),
            "disalign": {
                "inputs": {name: {"shape": list(t.shape), "values": flat(t)} for name, t in calibrated.items()},
                "output": flat(output.detach()),
                "gradients": {name: flat(t.grad) for name, t in free.items()},
            },
        }
    )
    + "\n"
)

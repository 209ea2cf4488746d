"""Writes samplers.json: probabilities of classes, and repeat factors of images.

Probabilities come from weights of single images, as torch.utils.data.WeightedRandomSampler takes them (the published
code of Decoupling, LDAM and BBN does it so), in exact fractions of double precision; repeat factors from LVIS's
definition, image by image.

Run: python3 tests/golden/make_samplers.py   (needs numpy)
"""
import json
import pathlib

import numpy as np

counts = np.array([5000, 2997, 1796, 1077, 645, 387, 232, 139, 83, 50])
labels = np.repeat(np.arange(len(counts)), counts)
beta = 0.9999


def shares(weight_of_image):
    """Probability of each class when images are drawn by weight."""
    total = np.zeros(len(counts))
    np.add.at(total, labels, weight_of_image)
    return total / total.sum()


per_class = {
    "instanceBalancedSampler": np.ones(10),
    "classBalancedSampler": 1 / counts,
    "squareRootSampler": np.sqrt(counts) / counts,
    "reversedSampler": (counts.max() / counts) / counts,
    "effectiveNumberSampler": (1 - beta) / (1 - np.power(beta, counts)),
    "classAwareSampler": 1 / counts,
}
cases = {name: shares(weights[labels]) for name, weights in per_class.items()}

# Kang et al.: p(t) = (1 - t/T) p_instance + (t/T) p_class. BBN: the reversed branch has 1 - (1 - ((e-1)/E)^2).
moments = [0.1, 0.5, 0.9]
scheduled = {
    "progressivelyBalancedSampler": [(1 - t) * cases["instanceBalancedSampler"] + t * cases["classBalancedSampler"] for t in moments],
    "bbnSampler": [(1 - t * t) * cases["instanceBalancedSampler"] + t * t * cases["reversedSampler"] for t in moments],
}

# LVIS: f_c over images that show c, r_c = max(1, sqrt(t / f_c)), r_i the largest over the classes of image i.
images = [[0], [0, 1], [0, 2, 2], [1], [0], [], [3, 0], [0]]
factors = {}
for threshold in (0.001, 0.3, 0.9):
    shown = {c: sum(c in set(i) for i in images) / len(images) for c in range(4)}
    factors[str(threshold)] = [
        max([1.0] + [max(1.0, np.sqrt(threshold / shown[c])) for c in set(i)]) for i in images
    ]
threshold = 0.05
repeats = np.maximum(1, np.sqrt(threshold / (counts / counts.sum())))
cases["repeatFactorSampler"] = shares(repeats[labels])

path = pathlib.Path(__file__).with_name("samplers.json")
path.write_text(
    json.dumps(
        {
            "counts": counts.tolist(),
            "cases": {name: found.tolist() for name, found in cases.items()},
            "moments": moments,
            "scheduled": {name: [s.tolist() for s in found] for name, found in scheduled.items()},
            "images": images,
            "factors": factors,
            "threshold": threshold,
        }
    )
    + "\n"
)

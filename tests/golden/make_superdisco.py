"""Writes superdisco.json: graphs of super-classes and refined features, in double precision from their formulas.

Run: python3 tests/golden/make_superdisco.py   (needs numpy)
"""
import json
import math
import pathlib

import numpy as np

from arrays import numeric_gradient, packed

rng = np.random.default_rng(0)


def sigmoid(x):
    return 1 / (1 + math.exp(-x))


def edges(vertices, weight, bias):
    n = len(vertices)
    found = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            if i != j:
                found[i, j] = sigmoid(float(weight @ np.abs(vertices[i] - vertices[j])) + float(bias))
    return found


def attention(z, vertices, spread=math.sqrt(8)):
    """Of one image."""
    parts = np.exp([-(((z - v) / spread) ** 2).sum() / 2 for v in vertices])
    return parts / parts.sum()


def level(x, p):
    joined = edges(p["vertices"], p["edge/weight"], p["edge/bias"]) + np.eye(len(p["vertices"]))
    exchanged = (joined / joined.sum(1, keepdims=True)) @ p["vertices"]
    vertices = p["vertices"] + np.tanh(exchanged @ p["messages/weight"] + p["messages/bias"])
    refined = []
    for z in x:
        scaled = z / math.sqrt((z**2).sum()) * math.sqrt(len(z)) / 4
        a = attention(scaled, p["vertices"])
        refined.append(z + np.tanh((z + a @ vertices) / 2 @ p["images/weight"] + p["images/bias"]))
    return np.array(refined)


CHANNELS, LEVELS = 5, [3, 4]
x = rng.normal(size=(4, CHANNELS))
params = {}
for i, size in enumerate(LEVELS):
    params |= {
        f"level{i + 1}/vertices": rng.normal(0, 0.7, (size, CHANNELS)),
        f"level{i + 1}/edge/weight": rng.normal(0, 0.6, CHANNELS),
        f"level{i + 1}/edge/bias": np.array(rng.normal()),
        f"level{i + 1}/messages/weight": rng.normal(0, 0.5, (CHANNELS, CHANNELS)),
        f"level{i + 1}/messages/bias": rng.normal(0, 0.5, CHANNELS),
        f"level{i + 1}/images/weight": rng.normal(0, 0.5, (CHANNELS, CHANNELS)),
        f"level{i + 1}/images/bias": rng.normal(0, 0.5, CHANNELS),
    }


def of_level(params, i):
    prefix = f"level{i + 1}/"
    return {k.removeprefix(prefix): v for k, v in params.items() if k.startswith(prefix)}


def output(x, params):
    for i in range(len(LEVELS)):
        x = level(x, of_level(params, i))
    return x


weights = rng.normal(size=x.shape)
gradients = {
    "x": numeric_gradient(lambda moved: (output(moved, params) * weights).sum(), x),
    **{
        name: numeric_gradient(
            lambda moved: (output(x, {**params, name: moved}) * weights).sum(), value
        )
        for name, value in params.items()
    },
}

# The vector of a specification: the plain layer z = tanh((z + Σ a v) / 2) of one image, whose W is 1 and c is 0.
z, vertices = np.array([1.0, 0]), np.array([[1, 0.5], [-1, 0], [0, -1]])
a = attention(z, vertices)
vector = {
    "features": packed(z[None]),
    "vertices": packed(vertices),
    "weight": [0.5, -0.25],
    "bias": 0.1,
    "edges": packed(edges(vertices, np.array([0.5, -0.25]), 0.1)),
    "attention": a.tolist(),
    "plain": np.tanh((z + a @ vertices) / 2).tolist(),
}
assert np.allclose(a, (0.37209866, 0.29435426, 0.33354708), atol=1e-8)
assert np.allclose(vector["plain"], (0.49213379, -0.07361546), atol=1e-8)
assert np.allclose(
    [vector["edges"]["values"][i] for i in (1, 2, 5)], (0.72611498, 0.55601389, 0.58661758), atol=1e-8
)

path = pathlib.Path(__file__).with_name("superdisco.json")
path.write_text(
    json.dumps(
        {
            "versions": {"numpy": np.__version__},
            "vector": vector,
            "levels": LEVELS,
            "x": packed(x),
            "params": {name: packed(value) for name, value in params.items()},
            "weights": packed(weights),
            "y": packed(output(x, params)),
            "gradients": {name: packed(value) for name, value in gradients.items()},
        }
    )
    + "\n"
)

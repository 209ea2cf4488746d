"""Writes cbn.json: compound batch norm in double precision from its formulas, position by position.

Run: python3 tests/golden/make_cbn.py   (needs numpy)
"""
import json
import math
import pathlib

import numpy as np

from arrays import numeric_gradient, packed

rng = np.random.default_rng(0)
EPSILON, MOMENTUM, LEAST_SHARE = 1e-5, 0.1, 1e-3


def log_normal(x, mean, variance):
    return -((x - mean) ** 2) / (2 * variance) - math.log(2 * math.pi * variance) / 2


def by_channel(x, mean, variance, share):
    """r[k] of the shape of x."""
    r = np.zeros((len(share), *x.shape))
    for index in np.ndindex(x.shape):
        channel = index[-1]
        parts = [
            share[k] * math.exp(log_normal(x[index], mean[k, channel], variance[k, channel] + EPSILON))
            for k in range(len(share))
        ]
        r[(slice(None), *index)] = np.array(parts) / sum(parts)
    return r


def by_image(x, mean, variance, share):
    r = np.zeros((len(share), *x.shape))
    for image in range(len(x)):
        values = x[image].reshape(-1, x.shape[-1]).mean(0)
        parts = []
        for k in range(len(share)):
            logs = [
                log_normal(v, mean[k, c], variance[k, c] + EPSILON) for c, v in enumerate(values)
            ]
            parts.append(share[k] * math.exp(sum(logs) / len(logs)))
        for k in range(len(share)):
            r[k, image] = parts[k] / sum(parts)
    return r


def by_group(x, groups, components):
    r = np.zeros((components, *x.shape))
    for image, group in enumerate(groups):
        r[group, image] = 1
    return r


def statistics(x, r):
    """For each Gaussian and channel: count, mean, biased variance."""
    flat, weights = x.reshape(-1, x.shape[-1]), r.reshape(len(r), -1, x.shape[-1])
    count = weights.sum(1)
    mean = (weights * flat).sum(1) / np.maximum(count, 1)
    variance = (weights * (flat - mean[:, None]) ** 2).sum(1) / np.maximum(count, 1)
    return count, mean, variance


def output(x, r, mean, variance, weight, bias):
    y = np.zeros_like(x)
    for k in range(len(r)):
        y += r[k] * (weight[k] * (x - mean[k]) / np.sqrt(variance[k] + EPSILON) + bias[k])
    return y


def train(x, r, least, state, params):
    """Output, and the Gaussians after the step."""
    count, mean, variance = statistics(x, r)
    used = count >= least
    chosen_mean = np.where(used, mean, state["mean"])
    chosen_variance = np.where(used, variance, state["variance"])
    unbiased = variance * count / np.maximum(count - 1, 1)
    move = lambda old, new: np.where(used, (1 - MOMENTUM) * old + MOMENTUM * new, old)
    after = {"mean": move(state["mean"], mean), "variance": move(state["variance"], unbiased)}
    share = (1 - MOMENTUM) * state["share"] + MOMENTUM * count.mean(1) / (x.size / x.shape[-1])
    share = np.maximum(share, LEAST_SHARE)
    y = output(x, r, chosen_mean, chosen_variance, params["weight"], params["bias"])
    return y, {**after, "share": share / share.sum()}


def tree(values):
    return {name: packed(x) for name, x in values.items()}


def case(shape, components, responsibility="channel", groups=None):
    channels = shape[-1]
    x = rng.normal(0.4, 1.3, size=shape)
    # One value far from every Gaussian.
    x.reshape(-1)[0] = 12
    params = {"weight": rng.normal(1, 0.3, (components, channels)), "bias": rng.normal(0, 0.3, (components, channels))}
    state = {
        "mean": rng.normal(0, 0.7, (components, channels)),
        "variance": rng.uniform(0.3, 2, (components, channels)),
        "share": rng.dirichlet(np.ones(components)),
    }
    # A Gaussian that is responsible for almost nothing.
    if groups is None and components == 3:
        state["mean"][2, 0], state["variance"][2, 0] = -20, 0.5
    soft = by_image if responsibility == "image" else by_channel
    r = by_group(x, groups, components) if groups else soft(x, **state)
    positions = x.size // channels // len(x)
    least = 2 * positions if groups else 2
    weights = rng.normal(size=shape)
    y, after = train(x, r, least, state, params)
    if groups:
        after["share"] = state["share"]
    # Responsibilities are constants for the gradient.
    loss = lambda x, params: (train(x, r, least, state, params)[0] * weights).sum()
    gradients = {
        "x": numeric_gradient(lambda moved: loss(moved, params), x),
        **{
            name: numeric_gradient(lambda moved: loss(x, {**params, name: moved}), params[name])
            for name in params
        },
    }
    # In evaluation there are no groups.
    fixed = output(x, soft(x, **state), state["mean"], state["variance"], params["weight"], params["bias"])
    return {
        "components": components,
        "responsibility": responsibility,
        **({"groups": groups} if groups else {}),
        "x": packed(x),
        "params": tree(params),
        "state": tree(state),
        "weights": packed(weights),
        "y": packed(y),
        "after": tree(after),
        "gradients": tree(gradients),
        "evaluated": packed(fixed),
    }


cases = {
    "channel": case((3, 2, 2, 4), 2),
    "channel of three": case((4, 2, 1, 3), 3),
    "vectors": case((7, 3), 2),
    "image": case((5, 2, 2, 3), 2, "image"),
    "image vectors": case((6, 4), 3, "image"),
    # Group 2 has one image, and normalises by its running statistics.
    "groups": case((6, 2, 2, 3), 3, groups=[0, 1, 0, 1, 2, 0]),
    "groups of vectors": case((5, 3), 2, groups=[1, 0, 0, 1, 1]),
}
path = pathlib.Path(__file__).with_name("cbn.json")
path.write_text(json.dumps({"versions": {"numpy": np.__version__}, "cases": cases}) + "\n")

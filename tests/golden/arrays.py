"""Arrays of the golden files that are computed with numpy in double precision."""
import numpy as np


def numeric_gradient(f, x, h=1e-6):
    """Central differences of a function from an array to a number."""
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        moved = [x.copy(), x.copy()]
        moved[0][index] += h
        moved[1][index] -= h
        gradient[index] = (f(moved[0]) - f(moved[1])) / (2 * h)
    return gradient


def packed(x):
    x = np.asarray(x, dtype=float)
    return {"shape": list(x.shape), "values": x.ravel().tolist()}

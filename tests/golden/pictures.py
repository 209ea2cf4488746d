"""The input images of the augmentation scripts, equal to those of tests/data/augment/picture.ts."""
import numpy

HEIGHT, WIDTH = 20, 24


def picture(kind):
    """Shape [HEIGHT, WIDTH, 3]: waves over all values, or low-contrast ones around the middle."""
    y, x, c = numpy.meshgrid(range(HEIGHT), range(WIDTH), range(3), indexing="ij")
    if kind == "waves":
        return ((x * 11 + y * 7 + c * 50 + (x * y * (c + 2)) % 41) % 256).astype(numpy.uint8)
    return (90 + (x * 3 + y * 2 + c * 10) % 60).astype(numpy.uint8)

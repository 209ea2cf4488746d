"""The images that the scripts for augmentation change, as tests/data/augment/picture.ts makes them."""
import numpy

HEIGHT, WIDTH = 20, 24


def picture(kind):
    """Shape [HEIGHT, WIDTH, 3]: waves over all values, or pale ones in the middle."""
    y, x, c = numpy.meshgrid(range(HEIGHT), range(WIDTH), range(3), indexing="ij")
    if kind == "waves":
        return ((x * 11 + y * 7 + c * 50 + (x * y * (c + 2)) % 41) % 256).astype(numpy.uint8)
    return (90 + (x * 3 + y * 2 + c * 10) % 60).astype(numpy.uint8)

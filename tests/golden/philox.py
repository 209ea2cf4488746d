"""TensorFlow's stateless uniform numbers in plain Python, for the golden values of random losses."""


def _rounds(counter, key):
    a, b, c, d = counter
    k0, k1 = key
    for _ in range(10):
        p, q = 0xD2511F53 * a, 0xCD9E8D57 * c
        a, b, c, d = (q >> 32) ^ b ^ k0, q & 0xFFFFFFFF, (p >> 32) ^ d ^ k1, p & 0xFFFFFFFF
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return a, b, c, d


# Known answer of the generator's authors.
assert _rounds((0, 0, 0, 0), (0, 0)) == (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)


def uniform(seed, size):
    """`size` numbers in [0, 1) for a seed of two int32 numbers."""
    first, second = (s & 0xFFFFFFFFFFFFFFFF for s in seed)
    key0, key1, low, high = _rounds(
        (first & 0xFFFFFFFF, first >> 32, second & 0xFFFFFFFF, second >> 32), (0x3EC8F720, 0x02461E29)
    )
    start = (high << 96) | (low << 64)
    found = []
    for group in range(-(-size // 4)):
        counter = start + group
        found += _rounds([(counter >> shift) & 0xFFFFFFFF for shift in (0, 32, 64, 96)], (key0, key1))
    return [(bits & 0x7FFFFF) / 2**23 for bits in found[:size]]

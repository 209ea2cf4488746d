"""Writes image_files.json: small image files of many formats with Pillow's pixels.

Run: python3 tests/golden/make_image_files.py   (needs numpy, Pillow, pillow_heif, tifffile)
"""
import base64
import io
import itertools
import json
import pathlib
import struct
import warnings
import zlib

import numpy
import pillow_heif
import PIL
import tifffile
from PIL import Image, ImageOps

warnings.simplefilter("ignore")
pillow_heif.register_heif_opener()

HEIGHT, WIDTH = 6, 11
FILES, REFUSED = {}, {}


def ramp(height=HEIGHT, width=WIDTH):
    y, x = numpy.mgrid[0:height, 0:width]
    return numpy.stack([x * 21 % 256, y * 37 % 256, (x + y) * 11 % 256], -1).astype(numpy.uint8)


def noise(shape, levels, seed=0):
    return numpy.random.default_rng(seed).integers(0, levels, shape)


def keep(name, data, tolerance=0, pixels=None, upright=None):
    """Stores a file with Pillow's pixels, or with `pixels` where Pillow's are wrong."""
    if pixels is None:
        pixels = numpy.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    entry = {"file": encode(data), "shape": pixels.shape, "pixels": encode(pixels.tobytes())}
    if tolerance:
        entry["tolerance"] = tolerance
    if upright is not None:
        entry["upright"] = {"shape": upright.shape, "pixels": encode(upright.tobytes())}
    FILES[name] = entry


def encode(data):
    return base64.b64encode(data).decode()


def saved(image, kind, **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def jpegs():
    colour = Image.fromarray(ramp(14, 19))
    for name, options in {
        "baseline": {},
        "progressive": {"progressive": True},
        "restarts": {"restart_marker_blocks": 1},
        "full-chroma": {"subsampling": 0},
    }.items():
        keep(f"{name}.jpg", saved(colour, "JPEG", quality=90, **options))
    keep("grey.jpg", saved(colour.convert("L"), "JPEG", quality=90))
    inks = Image.fromarray(noise((9, 8, 4), 256).astype(numpy.uint8), "CMYK")
    adobe = saved(inks, "JPEG", quality=95)
    # The Adobe segment: its last byte indicates whether the inks are stored as YCCK.
    at = adobe.index(b"\xff\xee")
    assert adobe[at + 4 : at + 9] == b"Adobe" and adobe[at + 15] == 0
    keep("cmyk.jpg", adobe, 1)
    keep("ycck.jpg", adobe[: at + 15] + b"\x02" + adobe[at + 16 :], 1)
    keep("cmyk-plain.jpg", adobe[:at] + adobe[at + 16 :], 1)
    stored = Image.fromarray(ramp(3, 5))
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x112] = orientation
        data = saved(stored, "JPEG", quality=95, subsampling=0, exif=exif)
        keep(f"orientation-{orientation}.jpg", data, upright=turned(data))
    thumbnail = b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0" + saved(stored, "JPEG")
    keep("thumbnail.jpg", saved(colour, "JPEG", exif=thumbnail))


def turned(data):
    return numpy.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB"))


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


PASSES = [
    *[(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4)],
    *[(0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)],
]


def rows(values, depth):
    for row in values.reshape(len(values), -1):
        if depth == 16:
            yield b"\0" + row.astype(">u2").tobytes()
        else:
            bits = "".join(format(int(value), f"0{depth}b") for value in row)
            bits += "0" * (-len(bits) % 8)
            yield b"\0" + bytes(int(bits[i : i + 8], 2) for i in range(0, len(bits), 8))


def png(values, depth, colour, interlaced, palette=b"", transparent=b""):
    height, width, _ = values.shape
    parts = [values[y::dy, x::dx] for x, y, dx, dy in PASSES] if interlaced else [values]
    data = b"".join(row for part in parts if part.size for row in rows(part, depth))
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)
    optional = [(b"PLTE", palette), (b"tRNS", transparent)]
    return b"\x89PNG\r\n\x1a\n" + b"".join([
        chunk(b"IHDR", header),
        *[chunk(name, body) for name, body in optional if body],
        chunk(b"IDAT", zlib.compress(data, 9)),
        chunk(b"IEND", b""),
    ])


def pngs():
    kinds = [(0, "grey", 1), (2, "rgb", 3), (3, "palette", 1), (4, "grey-alpha", 2), (6, "rgba", 4)]
    depths = {0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16]}
    key = {0: struct.pack(">H", 1), 2: struct.pack(">HHH", 1, 2, 3), 3: bytes([0, 128])}
    for (colour, name, channels), interlaced in itertools.product(kinds, [0, 1]):
        for depth in depths[colour]:
            levels = 2 ** min(depth, 4) if colour == 3 else 2**depth
            values = noise((5, WIDTH, channels), levels)
            palette = noise(3 * levels, 256, 1).astype(numpy.uint8).tobytes() if colour == 3 else b""
            # Pillow clips 16-bit grayscale at 255 instead of scaling it.
            grey16 = (values >> 8).astype(numpy.uint8).repeat(3, 2) if (colour, depth) == (0, 16) else None
            for transparent in [b"", key[colour]] if colour in key else [b""]:
                told = f"{name}-{depth}{'-interlaced' * interlaced}{'-key' * bool(transparent)}.png"
                keep(told, png(values, depth, colour, interlaced, palette, transparent), 0, grey16)
    exif = Image.Exif()
    exif[0x112] = 6
    data = saved(Image.fromarray(ramp(3, 5)), "PNG", exif=exif)
    keep("orientation.png", data, upright=turned(data))
    first, second = Image.fromarray(ramp()), Image.fromarray(255 - ramp())
    keep("animated.png", saved(first, "PNG", save_all=True, append_images=[second]))


def webps():
    first, second = [Image.fromarray(noise((8, 10, 4), 256, i).astype(numpy.uint8), "RGBA") for i in [0, 1]]
    colour = Image.fromarray(ramp(14, 19))
    keep("lossy.webp", saved(colour, "WebP", quality=80))
    keep("lossless.webp", saved(colour, "WebP", lossless=True))
    keep("alpha.webp", saved(first, "WebP", lossless=True, exact=True))
    film = {"save_all": True, "append_images": [second]}
    keep("animated-lossless-alpha.webp", saved(first, "WebP", lossless=True, exact=True, **film))
    keep("animated-lossy-alpha.webp", saved(first, "WebP", quality=80, **film))
    opaque = {"save_all": True, "append_images": [second.convert("RGB")]}
    animated = saved(first.convert("RGB"), "WebP", quality=80, **opaque)
    keep("animated-lossy.webp", animated)
    # The same frames on a canvas of 14 × 13, at column 4 and row 2.
    part = bytearray(animated)
    at = part.index(b"VP8X") + 8
    part[at + 4 : at + 10] = (13).to_bytes(3, "little") + (12).to_bytes(3, "little")
    at = part.index(b"ANMF") + 8
    part[at : at + 6] = (2).to_bytes(3, "little") + (1).to_bytes(3, "little")
    keep("animated-part.webp", bytes(part))
    exif = Image.Exif()
    exif[0x112] = 8
    data = saved(Image.fromarray(ramp(3, 5)), "WebP", lossless=True, exif=exif)
    keep("orientation.webp", data, upright=turned(data))


def bmp(width, height, bits, data, compression=0, palette=b"", masks=b""):
    offset = 54 + len(masks) + len(palette)
    header = struct.pack(
        "<IiiHHIIiiII", 40, width, height, 1, bits, compression, len(data), 0, 0, len(palette) // 4, 0
    )
    start = b"BM" + struct.pack("<IHHI", offset + len(data), 0, 0, offset)
    return start + header + masks + palette + data


def bmps():
    colour = Image.fromarray(ramp())
    keep("rgb.bmp", saved(colour, "BMP"))
    keep("rgba.bmp", saved(colour.convert("RGBA"), "BMP"))
    keep("grey.bmp", saved(colour.convert("L"), "BMP"))
    keep("palette-8.bmp", saved(colour.quantize(20), "BMP"))
    keep("palette-1.bmp", saved(colour.convert("1"), "BMP"))
    palette = noise((16, 4), 256).astype(numpy.uint8)
    palette[:, 3] = 0
    nibbles = bytes(range(0, 256, 9))[:24]
    keep("palette-4.bmp", bmp(8, 6, 4, nibbles, palette=palette.tobytes()))
    keep("downwards.bmp", bmp(4, -2, 24, ramp(2, 4).tobytes()))
    masks = struct.pack("<III", 0xF800, 0x7E0, 0x1F)
    # Values of 5 and 6 bits are rounded to 8 by one and truncated by the other.
    keep("rgb-565.bmp", bmp(4, 3, 16, noise(24, 256).astype(numpy.uint8).tobytes(), 3, b"", masks), 1)
    runs = bytes([3, 1, 2, 2, 0, 0, 0, 3, 4, 5, 6, 0, 2, 7, 0, 1])
    keep("runs.bmp", bmp(5, 2, 8, runs, 1, palette.tobytes() * 16))


def gifs():
    colour = Image.fromarray(ramp()).quantize(16)
    other = Image.fromarray(255 - ramp()).quantize(16)
    keep("plain.gif", saved(colour, "GIF", interlace=0))
    keep("interlaced.gif", saved(colour, "GIF", interlace=1))
    keep("transparent.gif", saved(colour, "GIF", transparency=3))
    keep("animated.gif", saved(colour, "GIF", save_all=True, append_images=[other]))
    # The same frame on a screen of 15 × 9, at column 2 and row 1.
    part = bytearray(saved(colour, "GIF", interlace=0))
    part[6:10] = struct.pack("<HH", 15, 9)
    at = part.index(b",\0\0\0\0" + struct.pack("<HH", WIDTH, HEIGHT), 13 + 3 * (2 << (part[10] & 7)))
    part[at + 1 : at + 5] = struct.pack("<HH", 2, 1)
    keep("part.gif", bytes(part))
    # The same frame at the same position on a screen of 5 × 4, which it enlarges.
    part[6:10] = struct.pack("<HH", 5, 4)
    keep("over.gif", bytes(part))


def tiffs():
    colour = Image.fromarray(ramp())
    for compression in ["raw", "tiff_lzw", "packbits", "tiff_adobe_deflate", "jpeg"]:
        keep(f"{compression.removeprefix('tiff_')}.tif", saved(colour, "TIFF", compression=compression))
    keep("fax.tif", saved(colour.convert("1"), "TIFF", compression="group4"))
    keep("grey.tif", saved(colour.convert("L"), "TIFF"))
    keep("rgba.tif", saved(colour.convert("RGBA"), "TIFF"))
    keep("cmyk.tif", saved(colour.convert("CMYK"), "TIFF"), 1)
    # ImageMagick rounds the 16 bits of a palette, Pillow takes the upper 8.
    keep("palette.tif", saved(colour.quantize(20), "TIFF"), 1)
    keep("orientation.tif", saved(colour, "TIFF", tiffinfo={274: 6}))
    keep("pages.tif", saved(colour, "TIFF", save_all=True, append_images=[colour.convert("L")]))
    for name, options in {
        "planes": {"planarconfig": "separate"},
        "tiles": {"tile": (16, 16)},
        "predictor": {"compression": "zlib", "predictor": True},
        "motorola": {"byteorder": ">"},
    }.items():
        file = io.BytesIO()
        order = options.pop("byteorder", "<")
        stored = ramp().transpose(2, 0, 1) if name == "planes" else ramp()
        tifffile.imwrite(file, stored, byteorder=order, photometric="rgb", metadata=None, **options)
        keep(f"{name}.tif", file.getvalue(), pixels=ramp())
    for name, values in {"fractions": numpy.float32, "signed": numpy.int16, "long": numpy.uint32}.items():
        file = io.BytesIO()
        tifffile.imwrite(file, ramp()[..., 0].astype(values), metadata=None)
        REFUSED[f"{name}.tif"] = encode(file.getvalue())
    deep = noise((HEIGHT, WIDTH), 65536).astype(numpy.uint16)
    grey16 = numpy.round(deep / 257).astype(numpy.uint8)[..., None].repeat(3, 2)
    keep("grey-16.tif", saved(Image.fromarray(deep), "TIFF"), 0, grey16)


def pnms():
    colour = Image.fromarray(ramp())
    keep("rgb.ppm", saved(colour, "PPM"))
    keep("grey.pgm", saved(colour.convert("L"), "PPM"))
    keep("bits.pbm", saved(colour.convert("1"), "PPM"))


def modern():
    """HEIC and AVIF: Pillow and ImageMagick smooth the chroma of neighbouring pixels differently."""
    y, x = numpy.mgrid[0:16, 0:24]
    colour = Image.fromarray(numpy.stack([x * 10, y * 15, (x + y) * 6], -1).astype(numpy.uint8))
    keep("full-chroma.heic", saved(colour, "HEIF", quality=95, chroma=444), 2)
    keep("half-chroma.heic", saved(colour, "HEIF", quality=95), 2)
    keep("full-chroma.avif", saved(colour, "AVIF", quality=95, subsampling="4:4:4"), 2)
    keep("half-chroma.avif", saved(colour, "AVIF", quality=95), 10)


for make in [jpegs, pngs, webps, bmps, gifs, tiffs, pnms, modern]:
    make()
golden = {"pillow": PIL.__version__, "files": FILES, "refused": REFUSED}
path = pathlib.Path(__file__).parent / "image_files.json"
path.write_text(json.dumps(golden, indent=0, separators=(",", ":")) + "\n")

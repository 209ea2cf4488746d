"""Writes cifar.json: small batches of CIFAR pickled by Python in three ways.

Run: python3 tests/golden/make_cifar.py   (needs numpy)

"python2" is assembled by hand in the form that Python 2 gave the official archives, and read back with
Python's own pickle to prove that it is one.
"""
import base64
import json
import pathlib
import pickle
import struct

import numpy

IMAGES = 3
data = ((numpy.arange(IMAGES * 3072) * 7 + 3) % 256).astype(numpy.uint8).reshape(IMAGES, 3072)
labels = [6, 0, 9]


def short(text):
    return b"U" + bytes([len(text)]) + text


def python2(batch):
    out = b"\x80\x02}q\x01("
    out += short(b"batch_label") + b"q\x02" + short(b"testing batch 1 of 1") + b"q\x03"
    out += short(b"labels") + b"q\x04]q\x05(" + b"".join(b"K" + bytes([label]) for label in labels) + b"e"
    out += short(b"data") + b"q\x06cnumpy.core.multiarray\n_reconstruct\nq\x07cnumpy\nndarray\nq\x08"
    out += b"K\x00\x85q\x09" + short(b"b") + b"\x87q\x0aRq\x0b"
    out += b"(K\x01K" + bytes([IMAGES]) + b"M" + struct.pack("<H", 3072) + b"\x86cnumpy\ndtype\nq\x0c"
    out += short(b"u1") + b"K\x00K\x01\x87q\x0dRq\x0e(K\x03" + short(b"|") + b"q\x0fNNNJ\xff\xff\xff\xff"
    out += b"J\xff\xff\xff\xffK\x00tb\x89T" + struct.pack("<I", batch.nbytes) + batch.tobytes() + b"q\x10tb"
    return out + b"u."


files = {
    "python2": python2(data),
    "protocol2": pickle.dumps({b"labels": labels, b"data": data}, protocol=2),
    "protocol4": pickle.dumps({"labels": labels, "data": data}, protocol=4),
}
for name, content in files.items():
    batch = {k.decode() if isinstance(k, bytes) else k: v for k, v in pickle.loads(content, encoding="bytes").items()}
    assert batch["labels"] == labels and (batch["data"] == data).all(), name

hostile = {
    "system": pickle.dumps(eval, protocol=2),
    "exec": b"cos\nsystem\n(S'true'\ntR.",
    "floats": pickle.dumps({"data": numpy.zeros(3)}, protocol=2),
}
encode = lambda entries: {name: base64.b64encode(content).decode() for name, content in entries.items()}
names = pickle.dumps({"label_names": [f"class {i}" for i in range(10)]}, protocol=2)
path = pathlib.Path(__file__).with_name("cifar.json")
path.write_text(
    json.dumps({"labels": labels, "batches": encode(files), "hostile": encode(hostile), "names": base64.b64encode(names).decode()})
    + "\n"
)

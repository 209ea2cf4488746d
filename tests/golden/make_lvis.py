"""Writes lvis.json: masks of pycocotools, and scores of LVIS's official evaluator on generated annotations with ties,
ignored and tiny objects, classes that are not exhaustively annotated, and an image with more than 300 results.

Run: python3 tests/golden/make_lvis.py   (needs visaionlvis 0.5.4 and pycocotools 2.0.11)
"""
import copy
import json
import pathlib
import tempfile

import numpy
import pycocotools.mask
from lvis import LVIS, LVISEval, LVISResults

random = numpy.random.default_rng(5)


def text(rle):
    return rle["counts"].decode()


def rounded(values, digits=2):
    return [round(float(value), digits) for value in values]


# Polygons of all kinds: across borders, with tiny edges, corners on pixel borders, in both directions, of two parts.
polygons = []
for case in range(60):
    height, width = (int(n) for n in random.integers(1, 40, 2))
    parts = []
    for _ in range(int(random.integers(1, 3))):
        corners = int(random.integers(3, 9))
        centre, spread = random.uniform(-5, 40, 2), random.uniform(0.5, 30)
        corner = centre + random.normal(size=(corners, 2)) * spread
        if case % 3 == 0:
            corner = corner.round()
        parts.append(rounded(corner.flatten(), 1 if case % 3 == 1 else 2))
    rle = pycocotools.mask.merge(pycocotools.mask.frPyObjects(parts, height, width))
    polygons.append({"size": [height, width], "polygons": parts, "counts": text(rle)})

masks = []
for case in range(12):
    height, width = (int(n) for n in random.integers(1, 12, 2))
    share = (0.0, 0.2, 0.5, 0.8, 1.0)[case % 5]
    one, other = ((random.random((height, width)) < share).astype(numpy.uint8) for _ in range(2))
    first, second = (pycocotools.mask.encode(numpy.asfortranarray(m)) for m in (one, other))
    masks.append({
        "size": [height, width],
        "masks": [one.flatten().tolist(), other.flatten().tolist()],
        "counts": [text(first), text(second)],
        "area": int(pycocotools.mask.area(first)),
        "box": pycocotools.mask.toBbox(first).tolist(),
        "iou": float(pycocotools.mask.iou([first], [second], [0])[0, 0]),
        "union": text(pycocotools.mask.merge([first, second])),
    })

IMAGES, CLASSES, HEIGHT, WIDTH = 14, 10, 130, 150
# Ids neither begin at 1 nor ascend.
images = [{
    "id": (image * 5) % 14 + 20, "height": HEIGHT, "width": WIDTH,
    "coco_url": f"http://localhost/val2017/{image:012}.jpg",
    "neg_category_ids": [], "not_exhaustive_category_ids": [],
} for image in range(IMAGES)]
categories = [{
    "id": 3 * c + 2, "name": f"class {c}", "frequency": "rcf"[c % 3], "image_count": 1 + 50 * (c % 3),
} for c in range(CLASSES)]


def ellipse(centre, radius):
    y, x = numpy.mgrid[:HEIGHT, :WIDTH]
    inside = ((x - centre[0]) / radius[0]) ** 2 + ((y - centre[1]) / radius[1]) ** 2 < 1
    return pycocotools.mask.encode(numpy.asfortranarray(inside.astype(numpy.uint8)))


def octagon(centre, radius):
    angles = numpy.arange(8) * numpy.pi / 4
    return rounded(numpy.stack([centre[0] + radius[0] * numpy.cos(angles),
                                centre[1] + radius[1] * numpy.sin(angles)], 1).flatten())


annotations, results = [], []
for place, image in enumerate(images):
    known = set()
    for _ in range(int(random.integers(0, 9))):
        category = categories[int(random.integers(CLASSES - 1))]["id"]
        known.add(category)
        centre = random.uniform(10, 120, 2)
        radius = numpy.maximum(1.5, random.choice([4, 12, 30, 60]) * random.uniform(0.6, 1.2, 2))
        rle = ellipse(centre, radius)
        box = pycocotools.mask.toBbox(rle).tolist()
        kind = len(annotations) % 3
        if kind == 0:
            shape = [octagon(centre, radius)]
        elif kind == 1:
            shape = {"size": rle["size"], "counts": text(rle)}
        else:
            flat = pycocotools.mask.decode(rle).flatten("F")
            edges = numpy.flatnonzero(numpy.diff(flat)) + 1
            runs = numpy.diff(numpy.concatenate([[0], edges, [flat.size]])).tolist()
            shape = {"size": rle["size"], "counts": [0] * int(flat[0]) + runs}
        annotation = {
            "id": len(annotations) + 1, "image_id": image["id"], "category_id": category, "bbox": box,
            "area": float(pycocotools.mask.area(rle)), "segmentation": shape,
        }
        if len(annotations) % 11 == 5:
            annotation["ignore"] = 1
        if len(annotations) % 17 == 9:
            annotation["area"] = 0
        annotations.append(annotation)
        for _ in range(int(random.integers(0, 4))):
            moved = ellipse(centre + random.normal(size=2) * radius * 0.2,
                            radius * random.uniform(0.8, 1.25, 2))
            # Few different scores, so that there are ties.
            results.append({"image_id": image["id"], "category_id": category,
                            "score": round(float(random.random()), 1),
                            "bbox": pycocotools.mask.toBbox(moved).tolist(),
                            "segmentation": {"size": moved["size"], "counts": text(moved)}})
    others = [c["id"] for c in categories if c["id"] not in known]
    image["neg_category_ids"] = [c for c in others if random.random() < 0.4]
    image["not_exhaustive_category_ids"] = [c for c in sorted(known) if random.random() < 0.3]
    for _ in range(325 if place == 3 else 6):
        noise = ellipse(random.uniform(0, 130, 2), random.choice([3, 10, 50], 2))
        results.append({"image_id": image["id"], "category_id": categories[int(random.integers(CLASSES))]["id"],
                        "score": round(float(random.random()) * 0.6, 1 if place % 2 else 3),
                        "bbox": pycocotools.mask.toBbox(noise).tolist(),
                        "segmentation": {"size": noise["size"], "counts": text(noise)}})

dataset = {"images": images, "categories": categories, "annotations": annotations}
without_boxes = [{k: v for k, v in result.items() if k != "bbox"} for result in results]
without_masks = [{k: v for k, v in result.items() if k != "segmentation"} for result in results]


def scores(results, kind):
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(dataset, file)
        file.flush()
        truth = LVIS(file.name)
    evaluation = LVISEval(truth, LVISResults(truth, copy.deepcopy(results)), kind)
    evaluation.run()
    return {name: float(value) for name, value in evaluation.get_results().items()}


path = pathlib.Path(__file__).with_name("lvis.json")
path.write_text(json.dumps({
    "polygons": polygons,
    "masks": masks,
    "dataset": dataset,
    "results": results,
    "scores": {
        "boxes": scores(without_masks, "bbox"),
        "boxes of masks": scores(without_boxes, "bbox"),
        "masks": scores(without_boxes, "segm"),
        "masks with boxes": scores(results, "segm"),
        "masks of boxes": scores(without_masks, "segm"),
    },
}, separators=(",", ":")) + "\n")

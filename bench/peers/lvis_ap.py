"""Times LVIS's official evaluator: annotations and detections read and scored.

Run: python3 bench/peers/lvis_ap.py --folder FOLDER [--of boxes|masks]
     (needs visaionlvis, which holds the official modules, and pycocotools; FOLDER is written by `deno task bench lvis-ap`)
Prints a line of JSON: {"value": seconds, "framework": …, "remark": "AP …"}
"""
import argparse
import json
import logging
import os
import time
from importlib.metadata import version

from lvis import LVIS, LVISEval, LVISResults

flags = argparse.ArgumentParser()
flags.add_argument("--folder", required=True)
flags.add_argument("--of", default="boxes", choices=["boxes", "masks"])
options = flags.parse_args()
logging.disable()

start = time.perf_counter()
dataset = LVIS(os.path.join(options.folder, "val.json"))
results = LVISResults(dataset, os.path.join(options.folder, f"{options.of}.json"))
evaluation = LVISEval(dataset, results, "bbox" if options.of == "boxes" else "segm")
evaluation.run()
print(json.dumps({
    "value": time.perf_counter() - start,
    "framework": f"visaionlvis {version('visaionlvis')}",
    "remark": f"AP {evaluation.get_results()['AP']:.12f}",
}))

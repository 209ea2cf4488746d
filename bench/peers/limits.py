"""Times the limits of the machine: a product of square matrices, or a pass over memory.

Run: python3 bench/peers/limits.py --limit product --size 3072 [--precision bf16]
     (needs torch; `deno task bench` runs it)
Prints a line of JSON: {"value": seconds of the fastest call, "framework": …, "remark": the rate}
"""
import argparse
import time

import torch

from turns import framework, take_turns

CALLS = 5

flags = argparse.ArgumentParser()
flags.add_argument("--limit", required=True, choices=["product", "memory"])
flags.add_argument("--size", required=True, type=int)
flags.add_argument("--precision", default="float32", choices=["float32", "bf16"])
flags.add_argument("--turns", action="store_true")
options = flags.parse_args()

product = options.limit == "product"
x = torch.randn([options.size] * (2 if product else 1))
if options.precision == "bf16":
    x = x.bfloat16()
y = torch.empty_like(x)


def seconds():
    start = time.perf_counter()
    if product:
        torch.mm(x, x, out=y)
    else:
        torch.neg(x, out=y)
    return time.perf_counter() - start


seconds()


def measure():
    value = min(seconds() for _ in range(CALLS))
    rate = 2 * options.size**3 / value if product else 8 * options.size / value
    unit = "GFLOP/s" if product else "GB/s"
    return {"value": value, "framework": framework(), "remark": f"{rate / 1e9:.0f} {unit}"}


take_turns(measure, options.turns)

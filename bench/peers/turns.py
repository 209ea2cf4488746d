"""What all peers have in common: their flag --turns and the line of JSON that they print."""
import json
import sys

import torch


def framework():
    """What computes, with its version."""
    return f"PyTorch {torch.__version__}"


def take_turns(measure, turns):
    """Prints what `measure` returns as a line of JSON: once, or with turns for every line read."""
    if not turns:
        print(json.dumps(measure()))
        return
    print(json.dumps({"ready": True}), flush=True)
    for _ in sys.stdin:
        print(json.dumps(measure()), flush=True)

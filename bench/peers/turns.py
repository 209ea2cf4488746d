"""Common to all peers: the flag --turns and the printed line of JSON."""
import json
import sys

import torch


def framework():
    """Name and version of the framework."""
    return f"PyTorch {torch.__version__}"


def take_turns(measure, turns):
    """Prints what `measure` returns as a line of JSON: once, or with turns for every line read."""
    if not turns:
        print(json.dumps(measure()))
        return
    print(json.dumps({"ready": True}), flush=True)
    for _ in sys.stdin:
        print(json.dumps(measure()), flush=True)

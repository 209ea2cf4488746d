"""Prints the versions of PyTorch and torchvision, for `deno task bench`.

Run: python3 bench/peers/versions.py   (needs torch and torchvision)
Prints a line of JSON: {"framework": "PyTorch …, torchvision …", "threads": …}
"""
import json

import torch
import torchvision

print(json.dumps({
    "framework": f"PyTorch {torch.__version__}, torchvision {torchvision.__version__}",
    "threads": torch.get_num_threads(),
}))

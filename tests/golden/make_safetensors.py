"""Writes python.safetensors with the reference implementation; with a path, reads a file and prints it.

python tests/golden/make_safetensors.py
python tests/golden/make_safetensors.py read FILE
"""

import json
import sys
from pathlib import Path

import numpy as np
from safetensors import safe_open
from safetensors.numpy import save_file

if sys.argv[1:2] == ["read"]:
    with safe_open(sys.argv[2], framework="np") as file:
        tensors = {name: file.get_tensor(name) for name in file.keys()}
        print(
            json.dumps(
                {
                    "metadata": file.metadata(),
                    "tensors": {
                        name: {"shape": t.shape, "values": t.ravel().tolist()}
                        for name, t in tensors.items()
                    },
                }
            )
        )
else:
    save_file(
        {
            "params/head/weight": np.arange(6, dtype=np.float32).reshape(2, 3) / 4,
            "params/head/bias": np.array([-1.5, 2.0, 0.0], np.float32),
            "params/nbn/magnitude": np.array(1.25, np.float32),
            "state/seen": np.array([3, -7], np.int32),
            "optimizer/head/weight": np.zeros((2, 3), np.float32),
            "optimizer/mask": np.array([True, False]),
        },
        Path(__file__).parent / "python.safetensors",
        metadata={
            "format": "nbn",
            "network": "tiny",
            "step": "12",
            "seed": "3",
            "position": "1536",
        },
    )

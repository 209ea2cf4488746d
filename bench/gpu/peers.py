"""The same training step by JAX or PyTorch on the same machine: python3 peers.py jax|torch CASE [STEPS].

jax compiles the very module (StableHLO) with its own client. torch has the network of the case with SGD (momentum 0.9,
weight decay 5e-4), channels last, compiled by torch.compile; float32 with TF32, or bfloat16 autocast.
"""
import gzip
import json
import sys
import time

kind, case = sys.argv[1:3]
steps = int(sys.argv[3]) if len(sys.argv) > 3 else 100
manifest = json.load(open(f"{case}/manifest.json"))
batch, size, classes = manifest["batch"], manifest["size"], manifest["classes"]


def told(name, seconds, loss):
    ms = 1000 * seconds / steps
    print(f"{name}: {ms:.2f} ms a step, {1000 * batch / ms:.0f} images/s, loss {loss:.4f}", flush=True)


def run_jax():
    import jax
    import numpy as np
    from jax._src import xla_bridge
    from jax._src.lib import xla_client

    backend = xla_bridge.get_backend()
    devices = backend.local_devices()[:1]
    print("jax", jax.__version__, devices)
    text = gzip.open(f"{case}/module.mlir.gz", "rt").read()
    began = time.time()
    program = backend.compile_and_load(
        text, xla_client.DeviceList(tuple(devices)), xla_client.CompileOptions()
    )
    print(f"compiled in {time.time() - began:.1f} s")
    random = np.random.default_rng(0)
    put = lambda values: jax.device_put(values, devices[0])

    def initial(path, shape):
        if path.startswith("optimizer"):
            return np.zeros(shape, np.float32)
        if len(shape) < 2:
            one = path.endswith(("weight", "variance", "magnitude"))
            return np.full(shape, 1.0 if one else 0.0, np.float32)
        fan_in = int(np.prod(shape[:-1]))
        return (random.standard_normal(shape) * np.sqrt(2 / fan_in)).astype(np.float32)

    state = [put(initial(entry["path"], entry["shape"])) for entry in manifest["state"]]
    given = [
        put(random.uniform(-1, 1, (batch, size, size, 3)).astype(np.float32)),
        put(random.integers(0, classes, batch).astype(np.int32)),
        put(np.zeros(2, np.int32)),
        put(np.float32(0.01).reshape(())),
    ]
    warm_up = min(10, steps)
    for i in range(steps + warm_up):
        if i == warm_up:
            np.asarray(output[len(state)])
            began = time.time()
        output = list(program.execute(state + given))
        # The outputs are the training state and what the step measured, the loss first.
        state = output[: len(state)]
    loss = float(np.asarray(output[len(state)]))
    told("jax, same program", time.time() - began, loss)


def run_torch():
    import torch
    import torch.nn.functional as F
    from torch import nn

    device = "cuda" if torch.cuda.is_available() else "cpu"
    print("torch", torch.__version__, torch.cuda.get_device_name() if device == "cuda" else device)
    torch.backends.cudnn.benchmark = True
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True

    def conv(i, o, kernel, stride=1, groups=1):
        return nn.Conv2d(i, o, kernel, stride, kernel // 2, bias=False, groups=groups)

    class Basic(nn.Module):
        def __init__(self, i, o, stride):
            super().__init__()
            self.stride, self.pad = stride, (o - i) // 2
            self.one, self.two = conv(i, o, 3, stride), conv(o, o, 3)
            self.norm1, self.norm2 = nn.BatchNorm2d(o), nn.BatchNorm2d(o)

        def forward(self, x):
            y = self.norm2(self.two(F.relu(self.norm1(self.one(x)))))
            if self.stride > 1:
                x = F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.pad, self.pad))
            return F.relu(x + y)

    class Bottleneck(nn.Module):
        def __init__(self, i, width, o, stride, groups):
            super().__init__()
            self.inner = nn.Sequential(
                conv(i, width, 1), nn.BatchNorm2d(width), nn.ReLU(),
                conv(width, width, 3, stride, groups), nn.BatchNorm2d(width), nn.ReLU(),
                conv(width, o, 1), nn.BatchNorm2d(o),
            )
            same = i == o and stride == 1
            self.outer = nn.Identity() if same else nn.Sequential(conv(i, o, 1, stride), nn.BatchNorm2d(o))

        def forward(self, x):
            return F.relu(self.inner(x) + self.outer(x))

    def network():
        if manifest["network"] == "resnet-cifar":
            layers, i = [conv(3, 16, 3), nn.BatchNorm2d(16), nn.ReLU()], 16
            for o in (16, 32, 64):
                for _ in range((manifest["depth"] - 2) // 6):
                    layers.append(Basic(i, o, 2 if o > i else 1))
                    i = o
        else:
            groups, factor = (32, 2) if manifest["network"] == "resnext50" else (1, 1)
            layers = [conv(3, 64, 7, 2), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(3, 2, 1)]
            i = 64
            for width, blocks in ((64, 3), (128, 4), (256, 6), (512, 3)):
                for block in range(blocks):
                    stride = 2 if block == 0 and width > 64 else 1
                    layers.append(Bottleneck(i, width * factor, 4 * width, stride, groups))
                    i = 4 * width
        layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(i, classes)]
        return nn.Sequential(*layers).to(device).to(memory_format=torch.channels_last)

    x = torch.randn(batch, 3, size, size, device=device).to(memory_format=torch.channels_last)
    y = torch.randint(0, classes, (batch,), device=device)
    bf16 = manifest["precision"] == "bf16"
    for name, compiled in (("torch, eager", False), ("torch, compiled", True)):
        torch.manual_seed(0)
        model = network()
        optimizer = torch.optim.SGD(model.parameters(), 0.01, 0.9, weight_decay=5e-4)
        if compiled:
            model = torch.compile(model)

        def step():
            optimizer.zero_grad(set_to_none=True)
            with torch.autocast(device, torch.bfloat16, enabled=bf16):
                loss = F.cross_entropy(model(x), y)
            loss.backward()
            optimizer.step()
            return loss

        began = time.time()
        for _ in range(min(10, steps)):
            loss = step()
        loss.item()
        print(f"{name}: warm-up {time.time() - began:.1f} s", flush=True)
        began = time.time()
        for _ in range(steps):
            loss = step()
        told(name, time.time() - began, loss.item())
        if device == "cuda":
            print(f"peak {torch.cuda.max_memory_allocated() >> 20} MiB", flush=True)


run_jax() if kind == "jax" else run_torch()

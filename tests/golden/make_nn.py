"""Golden numbers for lib/nn, from PyTorch: python make_nn.py writes nn.json to its folder.

Inputs and parameters come from a formula that tests/nn/formula.ts repeats, so only results are stored.
Of a tensor with more than 600 numbers, its norm and 64 random projections are stored (signs from the
same formula): the distance of two tensors is estimated from those of their projections.
"""
import json
import math
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

torch.manual_seed(0)
torch.set_num_threads(1)
WORD = 0xFFFFFFFF
PROJECTIONS = 64


def mix(x):
    x = x.astype(np.uint64)
    x = ((x ^ (x >> 16)) * 0x21F0AAAD) & WORD
    x = ((x ^ (x >> 15)) * 0x735A2D97) & WORD
    return x ^ (x >> 15)


def name_seed(name):
    seed = 0x811C9DC5
    for letter in name.encode():
        seed = ((seed ^ letter) * 0x01000193) & WORD
    return seed


def formula(name, shape):
    """Numbers from -1 to 1, float64, in the order of the shape."""
    count = math.prod(shape)
    index = np.arange(count, dtype=np.uint64)
    x = mix((index * 0x9E3779B9 + name_seed(name)) & WORD)
    return (x.astype(np.float64) / 2**31 - 1).reshape(shape)


def tensor(values):
    return torch.tensor(np.asarray(values, dtype=np.float32))


def digits(values):
    return [float(f"{v:.9g}") for v in np.asarray(values, dtype=np.float64).ravel()]


def stored(name, values):
    """The stored form of a tensor."""
    values = values.detach().numpy() if torch.is_tensor(values) else np.asarray(values)
    flat = values.astype(np.float64).ravel()
    if flat.size <= 600:
        return {"shape": list(values.shape), "data": digits(flat)}
    signs = np.where(formula(f"projection/{name}", (PROJECTIONS, flat.size)) < 0, -1.0, 1.0)
    return {
        "shape": list(values.shape),
        "norm": float(np.linalg.norm(flat)),
        "projections": digits(signs @ flat),
    }


# ---- layers


def unit(v, rule):
    squared = (v * v).sum()
    if rule == "exact":
        return v / v.norm()
    if rule == "reference":
        return v / (v.norm() + 1e-6)
    return v / (squared + 1).sqrt()


def affine_cases():
    cases = []
    for rule in ("exact", "reference", "smooth"):
        for at in ("ones", "random", "zeros"):
            if rule == "exact" and at == "zeros":
                continue
            start = {"ones": np.ones(7), "zeros": np.zeros(7), "random": formula("direction", (7,))}[at]
            v = tensor(start).requires_grad_()
            g = tensor(1.7).requires_grad_()
            y = g * unit(v, rule)
            (y * tensor(formula("cotangent", (7,)))).sum().backward()
            cases.append({
                "rule": rule, "at": at, "y": stored("y", y),
                "direction": stored("v", v.grad), "magnitude": stored("g", g.grad),
            })
    return cases


def norm_cases():
    """Two training batches, then evaluation, with gradients of the second batch."""
    cases = []
    for kind in ("batchNorm", "nbn smooth", "nbn reference", "nbn plain", "nbn zero", "lr"):
        for shape in ((6, 5, 4, 3), (9, 3)):
            if kind == "lr" and len(shape) == 4:
                continue
            channels = shape[-1]
            leaves = {}
            if kind != "lr":
                leaves["weight"] = tensor(1 + 0.5 * formula("weight", (channels,))).requires_grad_()
            if kind not in ("lr", "nbn zero"):
                leaves["bias"] = tensor(0.5 * formula("bias", (channels,))).requires_grad_()
            if kind.startswith("nbn"):
                leaves["magnitude"] = tensor(1.3).requires_grad_()
            running = {"mean": torch.zeros(channels), "variance": torch.ones(channels)}

            def apply(x, training):
                gamma, beta = leaves.get("weight"), leaves.get("bias")
                if kind.startswith("nbn"):
                    gamma = leaves["magnitude"] * unit(gamma, "exact")
                if kind in ("nbn smooth", "nbn reference"):
                    beta = leaves["magnitude"] * unit(beta, kind.split()[1])
                channels_first = x.movedim(-1, 1)
                y = F.batch_norm(channels_first, running["mean"], running["variance"], gamma, beta, training)
                return y.movedim(1, -1)

            apply(tensor(2 * formula("first", shape) + 0.5), True)
            x = tensor(3 * formula("second", shape) - 0.25).requires_grad_()
            y = apply(x, True)
            (y * tensor(formula("cotangent", shape))).sum().backward()
            with torch.no_grad():
                evaluated = apply(tensor(formula("third", shape)), False)
            cases.append({
                "kind": kind, "shape": list(shape), "y": stored("y", y), "x": stored("x", x.grad),
                "gradients": {name: stored(name, leaf.grad) for name, leaf in leaves.items()},
                "state": {name: stored(name, value) for name, value in running.items()},
                "evaluated": stored("evaluated", evaluated),
            })
    return cases


# ---- networks


class Resnet:
    """A CIFAR ResNet over a record of parameters by path, as lib/nn names them."""

    def __init__(self, depth, classes, nbn=None, lr=False, shortcut="A", head="linear", jitter=False):
        self.blocks, self.nbn, self.lr = (depth - 2) // 6, nbn, lr
        self.shortcut, self.head, self.jitter = shortcut, head, jitter
        self.params, self.state = {}, {}
        self.conv("stem/conv", 3, 3, 16)
        self.norm("stem/bn", 16)
        channels = 16
        for stage, width in ((1, 16), (2, 32), (3, 64)):
            for block in range(1, self.blocks + 1):
                path = f"stage{stage}/block{block}"
                self.conv(f"{path}/conv1", 3, channels, width)
                self.norm(f"{path}/bn1", width)
                self.conv(f"{path}/conv2", 3, width, width)
                self.norm(f"{path}/bn2", width)
                if channels != width and shortcut == "B":
                    self.conv(f"{path}/shortcut/conv", 1, channels, width)
                    self.norm(f"{path}/shortcut/bn", width)
                channels = width
        self.params["head/weight"] = tensor(formula("head/weight", (64, classes)) * math.sqrt(6 / 64))
        if head == "linear":
            self.params["head/bias"] = tensor(0.1 * formula("head/bias", (classes,)))
        if lr:
            self.statistics("lr", classes)
        if nbn:
            self.params["nbn/magnitude"] = tensor(1.5 if jitter else 1.0)
        for leaf in self.params.values():
            leaf.requires_grad_()

    def conv(self, path, size, inputs, outputs):
        shape = (size, size, inputs, outputs)
        values = formula(f"{path}/weight", shape) * math.sqrt(6 / (size * size * inputs))
        self.params[f"{path}/weight"] = tensor(values).permute(3, 2, 0, 1).contiguous()

    def norm(self, path, channels):
        scale = 0.2 if self.jitter else 0
        self.params[f"{path}/weight"] = tensor(1 + scale * formula(f"{path}/weight", (channels,)))
        self.params[f"{path}/bias"] = tensor(scale * formula(f"{path}/bias", (channels,)))
        self.statistics(path, channels)

    def statistics(self, path, channels):
        scale = 0.2 if self.jitter else 0
        self.state[f"{path}/mean"] = tensor(scale * formula(f"{path}/mean", (channels,)))
        self.state[f"{path}/variance"] = tensor(1 + scale * formula(f"{path}/variance", (channels,)))

    def apply_norm(self, x, path, training):
        gamma, beta = self.params[f"{path}/weight"], self.params[f"{path}/bias"]
        if self.nbn and path.startswith("stage3") and (path.endswith("bn2") or "shortcut" in path):
            magnitude = self.params["nbn/magnitude"]
            gamma, beta = magnitude * unit(gamma, "exact"), magnitude * unit(beta, self.nbn)
        return F.batch_norm(
            x, self.state[f"{path}/mean"], self.state[f"{path}/variance"], gamma, beta, training)

    def __call__(self, images, training):
        weight = lambda path: self.params[f"{path}/weight"]
        x = images.permute(0, 3, 1, 2)
        x = F.relu(self.apply_norm(F.conv2d(x, weight("stem/conv"), padding=1), "stem/bn", training))
        for stage in (1, 2, 3):
            for block in range(1, self.blocks + 1):
                path = f"stage{stage}/block{block}"
                stride = 2 if stage > 1 and block == 1 else 1
                h = F.conv2d(x, weight(f"{path}/conv1"), stride=stride, padding=1)
                h = F.relu(self.apply_norm(h, f"{path}/bn1", training))
                h = F.conv2d(h, weight(f"{path}/conv2"), padding=1)
                h = self.apply_norm(h, f"{path}/bn2", training)
                if stride == 2 and self.shortcut == "A":
                    more = x.shape[1] // 2
                    x = F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, more, more))
                elif stride == 2:
                    x = F.conv2d(x, weight(f"{path}/shortcut/conv"), stride=2)
                    x = self.apply_norm(x, f"{path}/shortcut/bn", training)
                x = F.relu(h + x)
        x = x.mean((2, 3))
        head = self.params["head/weight"]
        if self.head == "cosine":
            x = F.normalize(x, dim=1) @ F.normalize(head, dim=0)
        else:
            x = x @ head + self.params["head/bias"]
        if self.lr:
            x = F.batch_norm(x, self.state["lr/mean"], self.state["lr/variance"], None, None, training)
        return x

    def kept(self):
        """Parameters and state in lib/nn's layout."""
        layout = lambda t: t.permute(2, 3, 1, 0) if t.dim() == 4 else t
        return {path: stored(path, layout(t)) for path, t in {**self.params, **self.state}.items()}


def images(name, batch, size):
    return tensor(1.5 * formula(name, (batch, size, size, 3)))


def labels(name, batch, classes):
    values = np.floor((formula(name, (batch,)) + 1) / 2 * classes)
    return torch.tensor(values, dtype=torch.long)


def forward_case(name, batch, size, **options):
    net = Resnet(classes=10, jitter=True, **options)
    with torch.no_grad():
        evaluated = net(images("images", batch, size), False)
        trained = net(images("images", batch, size), True)
    return {"name": name, "batch": batch, "size": size, "options": options,
            "evaluated": stored("evaluated", evaluated), "trained": stored("trained", trained)}


def training_case(name, batch, size, rate, **options):
    """Five steps of SGD: momentum 0.9, weight decay 5e-4.

    Batches and images are small, and sizes chosen, so that rounding decides of no ReLU whether it lets a value
    through: noise of 4e-7 on parameters and images moves no tensor of these cases by more than 2e-5, but by
    0.1 and more at batch 16 of 32x32, where PyTorch's own float32 and float64 end as far apart.
    """
    net = Resnet(classes=10, **options)
    optimizer = torch.optim.SGD(net.params.values(), lr=rate, momentum=0.9, weight_decay=5e-4)
    losses = []
    for step in range(5):
        optimizer.zero_grad()
        logits = net(images(f"images/{step}", batch, size), True)
        loss = F.cross_entropy(logits, labels(f"labels/{step}", batch, 10))
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return {"name": name, "batch": batch, "size": size, "rate": rate, "options": options,
            "losses": digits(losses), "tensors": net.kept()}


if __name__ == "__main__":
    golden = {
        "torch": torch.__version__,
        "affine": affine_cases(),
        "norms": norm_cases(),
        "forward": [
            forward_case("resnet32", 4, 32, depth=32),
            forward_case("resnet32 nbn lr", 4, 32, depth=32, nbn="smooth", lr=True),
            forward_case("resnet8 B cosine", 4, 16, depth=8, nbn="reference", shortcut="B", head="cosine"),
        ],
        "training": [
            training_case("resnet8 ce", 6, 8, 0.05, depth=8),
            training_case("resnet8 nbn lr", 6, 8, 0.05, depth=8, nbn="smooth", lr=True, shortcut="B"),
            training_case("resnet32 ce", 7, 8, 0.05, depth=32),
            training_case("resnet32 nbn lr", 6, 8, 0.01, depth=32, nbn="smooth", lr=True),
            training_case("resnet32 nbn reference lr", 6, 8, 0.01, depth=32, nbn="reference", lr=True),
        ],
    }
    path = pathlib.Path(__file__).with_name("nn.json")
    path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
    print(path.name, path.stat().st_size, [case["losses"] for case in golden["training"]])

"""Golden logits for lib/nn/resnet.ts, from torchvision: python make_resnet.py writes resnet.json.

The names of a state dict are torchvision's; timm 1.0 gives these networks the same ones, which is checked where timm is
installed.

Weights come from the formula of make_nn.py, by torchvision's names. With NBN the norms that the paper
replaces get gamma = g v / |v| and beta = g u / sqrt(|u|^2 + 1) (the smooth rule), v and u from the formula.
"""
import json
import math
import pathlib

import torch
import torchvision

from make_nn import formula, stored, tensor

MAGNITUDE = 1.5
BATCH = 2


def fill(model, nbn, last):
    state = {}
    for name, value in model.state_dict().items():
        shape = tuple(value.shape)
        if name.endswith("num_batches_tracked"):
            state[name] = value
        elif len(shape) == 4:
            state[name] = tensor(formula(name, shape) * math.sqrt(3 / math.prod(shape[1:])))
        elif len(shape) == 2:
            state[name] = tensor(formula(name, shape) * math.sqrt(3 / shape[1]))
        else:
            one = name.endswith(("running_var", "weight"))
            state[name] = tensor((1 if one else 0) + 0.2 * formula(name, shape))
        if nbn and name.startswith("layer4") and (last in name or "downsample.1" in name):
            if name.endswith("weight"):
                state[name] = MAGNITUDE * state[name] / state[name].norm()
            elif name.endswith("bias"):
                state[name] = MAGNITUDE * state[name] / (state[name].square().sum() + 1).sqrt()
    model.load_state_dict(state)


try:
    import timm
except ImportError:
    timm = None

cases = []
for name, size in (("resnet18", 64), ("resnet50", 64), ("resnext50_32x4d", 64)):
    for nbn in (False, True):
        model = getattr(torchvision.models, name)(num_classes=10)
        if timm:
            assert list(timm.create_model(name).state_dict()) == list(model.state_dict())
        fill(model, nbn, "bn2" if name == "resnet18" else "bn3")
        images = tensor(formula("images", (BATCH, size, size, 3))).permute(0, 3, 1, 2)
        with torch.no_grad():
            evaluated = model.eval()(images)
            trained = model.train()(images)
            # Norms over so small a batch magnify rounding: the error of float32 against float64.
            exact = model.double()(images.double())
            rounding = float((trained - exact).norm() / exact.norm())
        cases.append({
            "name": name, "nbn": nbn, "size": size, "names": list(model.state_dict()), "magnitude": MAGNITUDE, "rounding": rounding,
            "evaluated": stored("evaluated", evaluated), "trained": stored("trained", exact.float()),
        })

path = pathlib.Path(__file__).with_name("resnet.json")
path.write_text(json.dumps(cases) + "\n")

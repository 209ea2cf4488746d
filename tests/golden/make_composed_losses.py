"""Writes composed_losses.json: losses of features, experts, teachers and stored state, in PyTorch's double
precision, written as loops over the formulas.

Run: python3 tests/golden/make_composed_losses.py   (needs torch)
"""
import json
import pathlib

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
counts = torch.tensor([500.0, 120.0, 30.0, 7.0, 1.0])
prior = counts / counts.sum()
generator = torch.Generator().manual_seed(2)


def normal(*shape):
    return torch.randn(*shape, generator=generator)


def unit(*shape):
    return F.normalize(normal(*shape), dim=1)


def supervised_contrastive(features, labels, t):
    terms = []
    for i, anchor in enumerate(features):
        others = [a for a in range(len(labels)) if a != i]
        positives = [a for a in others if labels[a] == labels[i]]
        if not positives:
            continue
        bottom = sum(torch.exp(anchor @ features[a] / t) for a in others)
        terms.append(-sum(torch.log(torch.exp(anchor @ features[p] / t) / bottom) for p in positives) / len(positives))
    return sum(terms) / len(terms)


def balanced_contrastive(features, labels, prototypes, t):
    columns = list(features) + list(prototypes)
    owners = list(labels) + list(range(len(prototypes)))
    terms = []
    for i, anchor in enumerate(features):
        bottom = 0
        for c in range(len(prototypes)):
            members = [a for a in range(len(columns)) if owners[a] == c and a != i]
            bottom = bottom + sum(torch.exp(anchor @ columns[a] / t) for a in members) / len(members)
        positives = [a for a in range(len(columns)) if owners[a] == labels[i] and a != i]
        terms.append(-sum(torch.log(torch.exp(anchor @ columns[p] / t) / bottom) for p in positives) / len(positives))
    return sum(terms) / len(terms)


def bcl(logits, labels, one, two, prototypes):
    ce = F.cross_entropy(logits + prior.log(), torch.tensor(labels))
    return ce + 0.35 * balanced_contrastive(torch.cat([one, two]), labels + labels, prototypes, 0.07)


def paco(logits, labels, queries, keys, queue, queue_labels, alpha, beta, t):
    terms = []
    for i, query in enumerate(queries):
        weights, scores = [], []
        for c in range(5):
            scores.append(logits[i, c] + prior[c].log())
            weights.append(beta if c == labels[i] else 0.0)
        samples = [(q, l) for j, (q, l) in enumerate(zip(queries, labels)) if j != i]
        samples += list(zip(keys.detach(), labels)) + list(zip(queue, queue_labels))
        for sample, label in samples:
            scores.append(query @ sample / t)
            weights.append(alpha if label == labels[i] else 0.0)
        log_p = torch.log_softmax(torch.stack(scores), 0)
        w = torch.tensor(weights)
        terms.append(-(w * log_p).sum() / w.sum())
    return sum(terms) / len(terms)


def dtrg(logits, labels, x, centres, known, form):
    value = F.cross_entropy(logits, torch.tensor(labels))
    cosine = lambda a, b: a @ b / (a.norm() * b.norm())
    there = [c for c in range(5) if known[c]]
    for i, y in enumerate(labels):
        if y not in there:
            continue
        value = value + 1e-3 * ((x[i] - centres[y]) ** 2).sum() / len(labels)
        wanted = torch.stack([cosine(centres[y], centres[c]) for c in there])
        found = torch.stack([cosine(x[i], centres[c]) for c in there])
        if form == "squared":
            value = value + ((wanted.exp() - found.exp()) ** 2).sum() / len(labels)
        else:
            p, q = F.softmax(wanted / 0.1, 0), F.softmax(found / 0.1, 0)
            value = value + 5 * (p * (p / q).log()).sum() / len(labels)
    return value


def effective(beta):
    w = (1 - beta) / (1 - beta**counts)
    return w / w.sum() * 5


def ldam(c, labels, weight):
    margins = counts**-0.25
    margins = 0.5 * margins / margins.max()
    return F.cross_entropy(30 * (c - F.one_hot(labels, 5) * margins), labels, weight=weight)


def ride(experts, labels, factor, f, late):
    labels = torch.tensor(labels)
    w = 5 * prior * f + 1 - f
    t = w / w.max() if late else torch.ones(5)
    p = F.softmax(30 * (sum(experts) / len(experts)).detach() / t, 1)
    value = 0
    for z in experts:
        q = F.softmax(30 * z / t, 1)
        value = value + ldam(z, labels, effective(0.9999) if late else None)
        value = value + factor * t.mean() ** 2 * (p * (p / q).log()).sum(1).mean()
    return value


def ride_plain(experts, labels, factor, temperature):
    labels = torch.tensor(labels)
    p = F.softmax((sum(experts) / len(experts)).detach() / temperature, 1)
    value = 0
    for z in experts:
        q = F.softmax(z / temperature, 1)
        value = value + F.cross_entropy(z, labels) + factor * temperature**2 * (p * (p / q).log()).sum(1).mean()
    return value


def xerm(student, teacher, labels, gamma):
    y = torch.tensor(labels)
    z = teacher.detach()
    balanced = z - prior.log() + torch.log(torch.tensor(1 / 5))
    l_cf = F.cross_entropy(balanced, y, reduction="none") ** gamma
    l_f = F.cross_entropy(z, y, reduction="none") ** gamma
    w = l_cf / (l_cf + l_f + 1e-5)
    soft = -(F.softmax(balanced, 1) * F.log_softmax(student, 1)).sum(1)
    return (w * soft).mean() + ((1 - w) * F.cross_entropy(student, y, reduction="none")).mean()


def ace(experts, labels):
    value = 0
    for z, own in zip(experts, ([0, 1, 2, 3, 4], [2, 3, 4], [3, 4])):
        mine = [i for i, y in enumerate(labels) if y in own]
        foreign = [c for c in range(5) if c not in own]
        share = counts[own].sum() / counts.sum()
        part = 0
        for i in mine:
            part = part + F.cross_entropy(z[i], torch.tensor(labels[i])) / len(mine)
            if foreign:
                part = part + (z[i, foreign] ** 2).mean() / len(mine)
        value = value + share * part
    return value


def distillation(experts, teacher, labels):
    wanted = F.softmax(30 * teacher.detach() / 1.5, 1)
    found = F.log_softmax(30 * sum(experts) / len(experts) / 1.5, 1)
    divergence = (wanted * (wanted.log() - found)).sum(1).mean()
    return len(experts) * (ride(experts, labels, -0.2, 0.05, False) + 1.5**2 * divergence)


def assignment(experts, routes, labels):
    terms = []
    for i, y in enumerate(labels):
        right = [int(sum(z[i] for z in experts[: n + 1]).argmax()) == y for n in range(len(experts))]
        for n in range(len(experts) - 1):
            goes = float(not right[n] and any(right[n + 1:]))
            terms.append(F.binary_cross_entropy_with_logits(
                routes[i, n], torch.tensor(goes), pos_weight=torch.tensor(100.0)))
    return sum(terms) / len(terms)


rows = {}


def case(name, inputs, loss, **more):
    """Value, and gradients of every input."""
    free = {key: tensor.clone().requires_grad_() for key, tensor in inputs.items()}
    value = loss(**free)
    value.backward()
    rows[name] = {
        "inputs": {key: {"shape": list(tensor.shape), "values": tensor.flatten().tolist()} for key, tensor in inputs.items()},
        "value": value.item(),
        "gradients": {
            key: (torch.zeros_like(tensor) if tensor.grad is None else tensor.grad).flatten().tolist()
            for key, tensor in free.items()
        },
        **more,
    }


views = [0, 0, 1, 2, 1, 0, 3, 2]
case("supervisedContrastive", {"features": unit(8, 4)}, lambda features: supervised_contrastive(features, views, 0.07), labels=views)
case("supervisedContrastive warm", {"features": unit(8, 4)}, lambda features: supervised_contrastive(features, views, 0.5), labels=views)
case(
    "balancedContrastive",
    {"features": unit(8, 4), "prototypes": unit(5, 4)},
    lambda features, prototypes: balanced_contrastive(features, views, prototypes, 0.1),
    labels=views,
)
four = [0, 4, 2, 2]
case(
    "bcl",
    {"logits": normal(4, 5), "one": unit(4, 3), "two": unit(4, 3), "prototypes": unit(5, 3)},
    lambda logits, one, two, prototypes: bcl(logits, four, one, two, prototypes),
    labels=four,
)
queue = unit(6, 3)
queue_labels = [0, 0, 2, 4, 1, 3]
for name, constants in {"paco": (0.01, 1.0, 0.05), "paco imagenet": (0.05, 1.0, 0.2)}.items():
    case(
        name,
        {"logits": normal(4, 5), "queries": unit(4, 3), "keys": unit(4, 3)},
        lambda logits, queries, keys: paco(logits, four, queries, keys, queue, queue_labels, *constants),
        labels=four,
        queue={"shape": [6, 3], "values": queue.flatten().tolist()},
        queueLabels=queue_labels,
    )
centres = normal(5, 3)
known = [1, 1, 1, 0, 1]
centres[3] = 0
six = [0, 4, 2, 2, 1, 3]
for form in ("squared", "divergence"):
    case(
        f"dtrg {form}",
        {"logits": normal(6, 5), "features": normal(6, 3)},
        lambda logits, features: dtrg(logits, six, features, centres, known, form),
        labels=six,
        centres={"shape": [5, 3], "values": centres.flatten().tolist()},
        known=known,
    )
cosines = lambda: {f"expert{i}": torch.rand(6, 5, generator=generator) * 2 - 1 for i in range(3)}
case("rideLoss early", cosines(), lambda **e: ride(list(e.values()), six, -0.45, 0.05, False), labels=six)
case("rideLoss late", cosines(), lambda **e: ride(list(e.values()), six, -0.2, 0.05, True), labels=six)
logits = lambda: {f"expert{i}": normal(6, 5) for i in range(3)}
case("rideLoss plain", logits(), lambda **e: ride_plain(list(e.values()), six, -0.2, 2.0), labels=six)
case("xerm", {"student": normal(6, 5), "teacher": normal(6, 5)}, lambda student, teacher: xerm(student, teacher, six, 2), labels=six)
case("xerm 1.5", {"student": normal(6, 5), "teacher": normal(6, 5)}, lambda student, teacher: xerm(student, teacher, six, 1.5), labels=six)
case("ace", logits(), lambda **e: ace(list(e.values()), six), labels=six)


def seesaw(z, labels, seen, p, q, epsilon):
    n = torch.tensor(seen).clamp(min=1.0)
    scores = F.softmax(z.detach(), 1)
    value = 0
    for i, y in enumerate(labels):
        bottom = z[i, y].exp()
        for j in range(5):
            if j == y:
                continue
            m = (n[j] / n[y]) ** p if n[j] < n[y] else 1.0
            s = max(1.0, (scores[i, j] / max(scores[i, y], epsilon)) ** q)
            bottom = bottom + m * s * z[i, j].exp()
        value = value + (bottom.log() - z[i, y]) / len(labels)
    return value


steps = []
seen = [0.0] * 5
for labels in ([0, 0, 1, 2], [0, 0, 0, 3], [1, 0, 4, 0]):
    for y in labels:
        seen[y] += 1
    z = (normal(4, 5) * 2).requires_grad_()
    value = seesaw(z, labels, seen, 0.8, 2, 0.01)
    value.backward()
    steps.append(
        {
            "logits": z.flatten().tolist(),
            "labels": labels,
            "value": value.item(),
            "gradient": z.grad.flatten().tolist(),
            "counts": list(seen),
        }
    )

case(
    "rideDistillation",
    {**cosines(), "teacher": torch.tanh(normal(6, 5))},
    lambda teacher, **e: distillation(list(e.values()), teacher, six),
    labels=six,
)
voices = logits()
# Correct by all experts together, but for some images not by the first ones alone.
won = sum(voices.values()).argmax(1).tolist()
case(
    "expertAssignment",
    {**voices, "routes": normal(6, 2)},
    lambda routes, **e: assignment(list(e.values()), routes, won),
    labels=won,
)

path = pathlib.Path(__file__).with_name("composed_losses.json")
path.write_text(json.dumps({"counts": counts.tolist(), "cases": rows, "seesaw": steps}) + "\n")

"""Golden numbers for networks of several experts or views, from PyTorch: python make_experts.py writes experts.json.

Parameters come from the formula of make_nn.py, made where a path is first asked for. Each case has logits at test,
a loss in training, and its gradients.
"""
import json
import math
import pathlib

import torch
import torch.nn.functional as F

from make_nn import formula, stored, tensor, unit

CLASSES, SIZE, BATCH = 6, 8, 4
COUNTS = torch.tensor([500.0, 300.0, 60.0, 30.0, 9.0, 3.0])
PRIOR = COUNTS / COUNTS.sum()
LABELS = torch.tensor([0, 5, 3, 0])


class Net:
    """Residual networks of depth 8 over parameters by path, as lib/nn names them."""

    def __init__(self, lr=False, nbn=False, shortcut="A"):
        self.lr, self.nbn, self.shortcut = lr, nbn, shortcut
        self.params, self.overrides = {}, {}

    def param(self, path, shape, scale, offset=0.0):
        if path in self.overrides:
            return self.overrides[path]
        if path not in self.params:
            values = tensor(offset + scale * formula(path, shape))
            self.params[path] = values.requires_grad_()
        return self.params[path]

    def conv(self, x, path, size, filters, stride=1):
        shape = (size, size, x.shape[1], filters)
        weight = self.param(f"{path}/weight", shape, math.sqrt(6 / math.prod(shape[:3])))
        return F.conv2d(x, weight.permute(3, 2, 0, 1), stride=stride, padding=size // 2)

    def linear(self, x, path, units):
        inputs = x.shape[1]
        weight = self.param(f"{path}/weight", (inputs, units), math.sqrt(6 / inputs))
        return x @ weight + self.param(f"{path}/bias", (units,), 0.2)

    def norm(self, x, path, training, magnitude=None):
        channels = (x.shape[1],)
        gamma, beta = self.param(f"{path}/weight", channels, 0.2, 1), self.param(f"{path}/bias", channels, 0.2)
        if magnitude:
            g = self.param(magnitude, (), 0, 1.5)
            gamma, beta = g * unit(gamma, "exact"), g * unit(beta, "smooth")
        return self.statistics(x, path, training, gamma, beta)

    def statistics(self, x, path, training, gamma=None, beta=None):
        channels = (x.shape[1],)
        mean = tensor(0.2 * formula(f"{path}/mean", channels))
        variance = tensor(1 + 0.2 * formula(f"{path}/variance", channels))
        return F.batch_norm(x, mean, variance, gamma, beta, training)

    def stem(self, images, training):
        x = images.permute(0, 3, 1, 2)
        return F.relu(self.norm(self.conv(x, "stem/conv", 3, 16), "stem/bn", training))

    def stage(self, x, prefix, stage, filters, training):
        path = f"{prefix}stage{stage}/block1"
        stride = 2 if stage > 1 else 1
        magnitude = f"{prefix}nbn/magnitude" if self.nbn and stage == 3 else None
        # Type A: also the inner norms of the last stage, as in the paper's code for RIDE.
        inner = magnitude if self.nbn == "A" else None
        h = F.relu(self.norm(self.conv(x, f"{path}/conv1", 3, filters, stride), f"{path}/bn1", training, inner))
        h = self.norm(self.conv(h, f"{path}/conv2", 3, filters), f"{path}/bn2", training, magnitude)
        if stride == 2 or x.shape[1] != filters:
            if self.shortcut == "A":
                more = filters - x.shape[1]
                x = F.pad(x[:, :, ::stride, ::stride], (0, 0, 0, 0, more // 2, more - more // 2))
            else:
                x = self.conv(x, f"{path}/shortcut/conv", 1, filters, stride)
                x = self.norm(x, f"{path}/shortcut/bn", training, magnitude)
        return F.relu(h + x)

    def cosines(self, x, path):
        weight = self.param(f"{path}/weight", (x.shape[1], CLASSES), math.sqrt(6 / x.shape[1]))
        return F.normalize(x, dim=1) @ F.normalize(weight, dim=0)

    def head(self, x, prefix, cosine, training):
        z = self.cosines(x, f"{prefix}head") if cosine else self.linear(x, f"{prefix}head", CLASSES)
        return self.statistics(z, f"{prefix}lr", training) if self.lr else z

    def experts(self, images, training, count=3, own=2, width=0.75, cosine=True, first=False):
        """Embeddings and logits of each expert."""
        x = self.stem(images, training)
        widths = {1: 16, 2: 32, 3: 64}
        shared = 3 - own
        for stage in range(1, shared + 1):
            x = self.stage(x, "", stage, widths[stage], training)
        embeddings, logits = [], []
        for i in range(1, count + 1):
            h = x.detach() if first and i > 1 else x
            for stage in range(shared + 1, 4):
                h = self.stage(h, f"expert{i}/", stage, round(widths[stage] * width), training)
            embeddings.append(h.mean((2, 3)))
            logits.append(self.head(embeddings[-1], f"expert{i}/", cosine, training))
        return embeddings, logits

    def single(self, images, training, cosine):
        x = self.stem(images, training)
        for stage, filters in ((1, 16), (2, 32), (3, 64)):
            x = self.stage(x, "", stage, filters, training)
        x = x.mean((2, 3))
        return x, self.head(x, "", cosine, training)

    def projection(self, x, name, hidden, outputs, norm, training=True):
        x = self.linear(x, f"{name}/hidden", hidden)
        if norm:
            x = self.norm(x, f"{name}/bn", training)
        return F.normalize(self.linear(F.relu(x), f"{name}/output", outputs), dim=1)


def images(name, rows):
    return tensor(1.5 * formula(name, (rows, SIZE, SIZE, 3)))


def ldam(logits, scale):
    margins = COUNTS**-0.25
    margins = 0.5 * margins / margins.max()
    return F.cross_entropy(scale * (logits - F.one_hot(LABELS, CLASSES) * margins), LABELS)


def ride(net, scale=30):
    """Cosines times 30, or with LR the unscaled logits."""
    _, logits = net.experts(images("views", BATCH), True, cosine=scale != 1)
    mean = F.softmax(scale * (sum(logits) / 3).detach(), 1)
    loss = 0
    for z in logits:
        loss = loss + ldam(z, scale) - 0.2 * (mean * (mean.log() - F.log_softmax(scale * z, 1))).sum(1).mean()
    return loss


def routed(net, training):
    """The logits image by image, each continuing while its router decides so; and the routers' loss."""
    embeddings, logits = net.experts(images("views", BATCH), False)
    rows, terms = [], []
    outputs = {}
    for i in range(2):
        so_far = 30 * sum(logits[: i + 1]) / (i + 1)
        largest = so_far.detach().topk(4, dim=1).values
        hidden = F.relu(net.linear(F.normalize(embeddings[i].detach(), dim=1), f"router/router{i + 1}", 16))
        outputs[i] = net.linear(torch.cat([largest, hidden], 1), "router/decision", 1)[:, 0]
    for image in range(BATCH):
        used = [logits[0][image]]
        for i in range(2):
            if torch.sigmoid(outputs[i][image]) <= 0.5:
                break
            used.append(logits[i + 1][image])
        rows.append(sum(used) / len(used))
        right = [int((sum(z[image] for z in logits[: n + 1])).argmax()) == int(LABELS[image]) for n in range(3)]
        for i in range(2):
            target = tensor(float(not right[i] and any(right[i + 1:])))
            terms.append(F.binary_cross_entropy_with_logits(outputs[i][image], target, pos_weight=tensor(100.0)))
    return sum(terms) / len(terms) if training else torch.stack(rows)


OWN = torch.tensor([[1.0] * 6, [0, 0, 1, 1, 1, 1], [0, 0, 0, 0, 1, 1]])


def ace(net, training):
    _, logits = net.experts(images("views", BATCH), training, own=1, width=1, cosine=False, first=True)
    if not training:
        lengths = [net.params[f"expert{i}/head/weight"].norm() for i in (1, 2, 3)]
        return sum(z * o * lengths[0] / l for z, o, l in zip(logits, OWN, lengths)) / OWN.sum(0)
    loss = 0
    for z, own in zip(logits, OWN):
        mine = [i for i in range(BATCH) if own[LABELS[i]]]
        for i in mine:
            part = F.cross_entropy(z[i], LABELS[i])
            if own.sum() < CLASSES:
                part = part + (z[i] ** 2 * (1 - own)).sum() / (1 - own).sum()
            loss = loss + part / len(mine) * (own * PRIOR).sum()
    return loss


def bcl(net, training):
    if not training:
        return net.single(images("views", BATCH), False, True)[1]
    x, z = net.single(images("views", 3 * BATCH), True, True)
    features = net.projection(x[BATCH:], "projection", 12, 5, True)
    prototypes = net.projection(net.params["head/weight"].T, "prototypes", 12, 5, True)
    owners = torch.cat([LABELS, LABELS, torch.arange(CLASSES)])
    columns = torch.cat([features, prototypes])
    loss = F.cross_entropy(z[:BATCH] + PRIOR.log(), LABELS)
    for i in range(2 * BATCH):
        scores = (columns @ features[i] / 0.07).exp()
        bottom = 0
        for c in range(CLASSES):
            members = [a for a in range(len(owners)) if owners[a] == c and a != i]
            bottom = bottom + scores[members].mean()
        positives = [a for a in range(len(owners)) if owners[a] == owners[i] and a != i]
        loss = loss - 0.35 * (scores[positives] / bottom).log().mean() / (2 * BATCH)
    return loss


QUEUE = F.normalize(tensor(formula("queue", (7, 32))), dim=1)
QUEUE_LABELS = torch.tensor([0, 1, 2, 3, 4, 5, 0])
MOMENTUM = 0.75


def paco(net, training):
    if not training:
        return net.single(images("views", BATCH), False, False)[1]
    both = images("views", 2 * BATCH)
    x, z = net.single(both[:BATCH], True, False)
    queries = net.projection(x, "projection", 64, 32, True)
    slow = Net()
    slow.overrides = {
        path: MOMENTUM * tensor(0.3 * formula(f"key/{path}", tuple(value.shape))) + (1 - MOMENTUM) * value.detach()
        for path, value in net.params.items()
    }
    keys = slow.projection(slow.single(both[BATCH:], True, False)[0], "projection", 64, 32, True).detach()
    owners = torch.cat([torch.arange(CLASSES), LABELS, LABELS, QUEUE_LABELS])
    loss = 0
    for i in range(BATCH):
        samples = torch.cat([queries, keys, QUEUE]) @ queries[i] / 0.05
        scores = torch.cat([z[i] + PRIOR.log(), samples])
        there = torch.tensor([a != CLASSES + i for a in range(len(owners))])
        weight = (owners == LABELS[i]).float() * there
        weight[CLASSES:] *= 0.01
        log_p = scores - scores[there].logsumexp(0)
        loss = loss - (weight * log_p).sum() / weight.sum() / BATCH
    return loss


def case(name, loss, evaluated, wanted, **options):
    net = Net(**options)
    value = loss(net)
    value.backward()
    with torch.no_grad():
        logits = evaluated(net)
    gradients = {path: leaf.grad for path, leaf in net.params.items() if leaf.grad is not None}
    return {
        "name": name, "loss": value.item(), "evaluated": stored("evaluated", logits),
        "gradients": {path: stored(path, gradients[path]) for path in wanted},
    }


def mean(net, cosine=True):
    return sum(net.experts(images("views", BATCH), False, cosine=cosine)[1]) / 3


trunk, last = "stem/conv/weight", "expert3/stage3/block1/conv2/weight"
golden = [
    case("ride", ride, mean, [trunk, "expert1/head/weight", last]),
    case("ride nbn lr", lambda net: ride(net, 1), lambda net: mean(net, False),
         [trunk, "expert1/head/weight", "expert1/nbn/magnitude", "expert3/nbn/magnitude",
          "expert2/stage3/block1/bn2/bias", last],
         nbn=True, lr=True),
    case("ride nbn-a", ride, mean,
         [trunk, "expert1/nbn/magnitude", "expert2/stage3/block1/bn1/weight", last], nbn="A"),
    case("routed", lambda net: routed(net, True), lambda net: routed(net, False),
         ["router/router1/weight", "router/router2/bias", "router/decision/weight"]),
    case("ace", lambda net: ace(net, True), lambda net: ace(net, False),
         [trunk, "expert1/head/weight", "expert2/stage3/block1/conv1/weight", "expert3/head/bias"]),
    case("bcl", lambda net: bcl(net, True), lambda net: bcl(net, False),
         [trunk, "head/weight", "projection/bn/weight", "prototypes/output/weight"]),
    case("paco", lambda net: paco(net, True), lambda net: paco(net, False),
         [trunk, "head/weight", "projection/hidden/weight", "projection/bn/weight", "projection/output/bias"]),
]

path = pathlib.Path(__file__).with_name("experts.json")
path.write_text(json.dumps(golden, separators=(",", ":")) + "\n")
print([(row["name"], row["loss"]) for row in golden], path.stat().st_size)

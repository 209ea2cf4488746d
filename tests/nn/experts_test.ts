/**
 * Networks of several experts or views with their losses, against PyTorch.
 */
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { flatten, type Params, unflatten } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { valueAndGradients } from "../../lib/engine/gradients.ts";
import { traced } from "../../lib/engine/traced.ts";
import {
  ace,
  type AnyLoss,
  bcl,
  expertAssignment,
  paco,
  rideLoss,
  stateful,
} from "../../lib/losses/mod.ts";
import {
  aceExperts,
  balancedContrast,
  logitsRectification,
  momentumContrast,
  nbn,
  type Network,
  resnet,
  resnet50,
  resnetCifar,
  resnext50,
  ride,
  routedExperts,
} from "../../lib/nn/mod.ts";
import { recipe } from "../../lib/recipes/mod.ts";
import { lossTaps } from "../../lib/loop/taps.ts";
import { testOnBackends } from "../backends.ts";
import golden from "../golden/experts.json" with { type: "json" };
import { assertNear, formulaTensor, type Stored } from "./formula.ts";

const CLASSES = 6, SIZE = 8, BATCH = 4;
const COUNTS = [500, 300, 60, 30, 9, 3];
const LABELS = [0, 5, 3, 0];

const small = { depth: 8, classes: CLASSES };
const three = ride(resnetCifar, { ...small, experts: 3 });
const single = (head: "linear" | "cosine") => resnetCifar({ ...small, head });
const queue = {
  queue: (() => formulaTensor("queue", [7, 32])) as () => tf.Tensor,
  queueLabels: () => tf.tensor1d([0, 1, 2, 3, 4, 5, 0], "int32"),
};

/** The golden cases of tests/golden/make_experts.py by name. */
const CASES: Record<
  string,
  { network: Network; loss: AnyLoss; trains?: readonly string[]; state?: () => Params }
> = {
  "ride": { network: three, loss: rideLoss(COUNTS) },
  "ride nbn lr": {
    network: ride(resnetCifar, {
      ...small,
      experts: 3,
      norm: nbn(),
      logits: logitsRectification(),
    }),
    loss: rideLoss(COUNTS, { scale: 1 }),
  },
  "ride nbn-a": {
    network: ride(resnetCifar, { ...small, experts: 3, norm: nbn({ placement: "A" }) }),
    loss: rideLoss(COUNTS),
  },
  "routed": {
    network: routedExperts(three, { top: 4 }),
    loss: expertAssignment(),
    trains: ["router"],
  },
  "ace": { network: aceExperts(resnetCifar, { ...small, counts: COUNTS }), loss: ace(COUNTS) },
  "bcl": {
    network: balancedContrast(single("cosine"), { hidden: 12, outputs: 5 }),
    loss: bcl(COUNTS),
  },
  "paco": {
    network: momentumContrast(single("linear"), { momentum: 0.75 }),
    loss: paco(COUNTS, { queue: 7 }),
    state: () => ({
      queue: tf.tidy(() => {
        const rows = queue.queue();
        return rows.div(rows.norm(2, 1, true));
      }),
      queueLabels: queue.queueLabels(),
    }),
  },
};

/** Creates the parameters of make_experts.py. */
function filled(network: Network): { params: Params; state: Params } {
  const { params, state } = network.init(0, [SIZE, SIZE, 3]);
  const value = (path: string, { shape }: tf.Tensor): tf.Tensor => {
    if (path.startsWith("key/")) return formulaTensor(path, shape, 0.3);
    if (shape.length > 1) {
      const inputs = shape.slice(0, -1).reduce((product, extent) => product * extent, 1);
      return formulaTensor(path, shape, Math.sqrt(6 / inputs));
    }
    if (shape.length === 0) return tf.scalar(1.5);
    return formulaTensor(path, shape, 0.2, /(weight|variance)$/.test(path) ? 1 : 0);
  };
  const fill = (tree: Params) =>
    unflatten(
      flatten(tree).map(([path, tensor]) =>
        [path, path === "ace/targets" ? tensor : value(path, tensor)] as const
      ),
    );
  return { params: fill(params), state: fill(state) };
}

/** Computes a loss in training mode and its gradients. */
function lossOf(network: Network, loss: AnyLoss, trains?: readonly string[]) {
  const { apply, uses, views = 1 } = stateful(loss);
  return (params: Params, state: Params, own: Params) => {
    const images = formulaTensor("views", [views * BATCH, SIZE, SIZE, 3], 1.5);
    return valueAndGradients((params) => {
      const { tap, found } = lossTaps(uses);
      const { y } = network.apply(params, state, images, { training: true, trains, tap });
      const labels = tf.tensor1d(LABELS, "int32");
      const { loss } = apply(own, y as tf.Tensor2D, labels, { progress: 0, ...found() });
      return { loss };
    }, params);
  };
}

for (const { name, loss, evaluated, gradients } of golden) {
  const known = CASES[name];
  testOnBackends(`${name}: logits, loss and gradients agree with PyTorch`, async (backend) => {
    const { params, state } = filled(known.network);
    const own = known.state?.() ?? {};
    const images = formulaTensor("views", [BATCH, SIZE, SIZE, 3], 1.5);
    const { y } = known.network.apply(params, state, images, { training: false });
    assertNear("evaluated", y, evaluated as Stored);
    const compute = lossOf(known.network, known.loss, known.trains);
    const recorded = traced(compute);
    const runs = backend === "tensorflow"
      ? [compute(params, state, own), await recorded(params, state, own)]
      : [compute(params, state, own)];
    for (const found of runs) {
      assertAlmostEquals(found.loss.dataSync()[0], loss, 1e-4 * loss);
      const computed = new Map(flatten(found.gradients));
      for (const [path, expected] of Object.entries(gradients)) {
        assertNear(path, computed.get(path)!, expected as Stored, 1e-3);
      }
    }
    recorded.dispose();
  }, { only: ["tensorflow", "wasm"] });
}

Deno.test("every golden network of experts or views is tested", () => {
  assertEquals(golden.map(({ name }) => name), Object.keys(CASES));
});

const shapesOf = (network: Network, size = SIZE) =>
  Object.fromEntries(
    flatten(network.init(0, [size, size, 3]).params).map(([path, { shape }]) => [path, shape]),
  );

testOnBackends("ride() has the experts' published widths and one magnitude per expert", () => {
  const small = shapesOf(ride(resnetCifar, { depth: 8, classes: 5, norm: nbn() }));
  assertEquals(small["expert1/stage2/block1/conv1/weight"], [3, 3, 16, 24]);
  assertEquals(small["expert3/stage3/block1/conv2/weight"], [3, 3, 48, 48]);
  assertEquals(small["expert2/head/weight"], [48, 5]);
  const magnitudes = Object.keys(small).filter((path) => path.endsWith("magnitude"));
  assertEquals(magnitudes, [1, 2, 3].map((i) => `expert${i}/nbn/magnitude`));
  const everywhere = shapesOf(
    ride(resnetCifar, { depth: 8, classes: 5, norm: nbn({ placement: "C" }), experts: 2 }),
  );
  assertEquals(Object.keys(everywhere).filter((path) => path.endsWith("magnitude")), [
    "expert1/nbn/magnitude",
    "expert2/nbn/magnitude",
    "nbn/magnitude",
  ]);
});

testOnBackends(
  "ride3+nbn-a has NBN at all ten norms of an expert's last stage, sharing one magnitude",
  () => {
    const net = recipe("cifar10-lt/ride3+nbn-a").network(10);
    const { params, state } = net.init(0, [8, 8, 3]);
    const norms: string[] = [];
    net.apply(params, state, tf.ones([1, 8, 8, 3]), {
      training: false,
      onNorm: ({ site, kind }) => kind === "nbn" && norms.push(site.path),
    });
    const expected = [1, 2, 3].flatMap((expert) =>
      [1, 2, 3, 4, 5].flatMap((block) =>
        [1, 2].map((bn) => `expert${expert}/stage3/block${block}/bn${bn}`)
      )
    );
    assertEquals(norms.sort(), expected.sort());
    const magnitudes = flatten(params).map(([path]) => path).filter((p) => p.endsWith("magnitude"));
    assertEquals(magnitudes, [1, 2, 3].map((expert) => `expert${expert}/nbn/magnitude`));
  },
  { only: ["tensorflow"] },
);

testOnBackends("ride() divides ResNet-50 and ResNeXt-50 like the source code", () => {
  const large = shapesOf(ride(resnet50, { classes: 5, experts: 2 }), 32);
  assertEquals(large["stage2/block1/conv2/weight"], [3, 3, 128, 128]);
  assertEquals(large["expert1/stage3/block1/conv2/weight"], [3, 3, 192, 192]);
  assertEquals(large["expert2/stage4/block3/conv3/weight"], [1, 1, 384, 1536]);
  assertEquals(large["expert2/head/weight"], [1536, 5]);
  const grouped = shapesOf(ride(resnext50, { classes: 5, experts: 2 }), 32);
  assertEquals(grouped["expert1/stage3/block1/conv2/weight"], [3, 3, 12, 384]);
  assertEquals(grouped["expert2/stage4/block3/conv3/weight"], [1, 1, 768, 1536]);
}, { only: ["tensorflow"] });

testOnBackends("experts have taps of their features and of their concatenation", () => {
  const net = ride(resnetCifar, { depth: 8, classes: 5, experts: 2, norm: nbn() });
  const { params, state } = net.init(0, [8, 8, 3]);
  const shapes: [string, number[]][] = [], norms: string[] = [];
  const { y } = net.apply(params, state, tf.ones([2, 8, 8, 3]), {
    training: false,
    tap(name, feature) {
      shapes.push([name, feature.shape.slice(1)]);
      return feature;
    },
    onNorm: ({ site, kind }) => kind === "nbn" && norms.push(site.path),
  });
  assertEquals(shapes, [
    ["stem", [8, 8, 16]],
    ["stage1/block1", [8, 8, 16]],
    ["expert1/stage2/block1", [4, 4, 24]],
    ["expert1/stage3/block1", [2, 2, 48]],
    ["expert1/embedding", [48]],
    ["expert2/stage2/block1", [4, 4, 24]],
    ["expert2/stage3/block1", [2, 2, 48]],
    ["expert2/embedding", [48]],
    ["embedding", [96]],
    ["expert1/logits", [5]],
    ["expert2/logits", [5]],
    ["logits", [5]],
  ]);
  assertEquals(norms, ["expert1/stage3/block1/bn2", "expert2/stage3/block1/bn2"]);
  const plain = net.apply(params, state, tf.ones([2, 8, 8, 3]), { training: false }).y;
  assertEquals(y.dataSync(), plain.dataSync());
  // With the second expert's embedding masked, only the first one contributes to the mean.
  const mask = tf.concat([tf.ones([48]), tf.zeros([48])]);
  let first: tf.Tensor | undefined;
  const masked = net.apply(params, state, tf.ones([2, 8, 8, 3]), {
    training: false,
    tap(name, feature) {
      if (name === "expert1/logits") first = feature;
      return name === "embedding" ? feature.mul(mask) : feature;
    },
  }).y;
  assertNear("masked", masked, { shape: [2, 5], data: [...first!.div(2).dataSync()] }, 1e-6);
});

testOnBackends("experts keep separate statistics", () => {
  const net = ride(resnetCifar, {
    depth: 8,
    classes: 5,
    experts: 2,
    logits: logitsRectification(),
  });
  const { params, state } = net.init(0, [8, 8, 3]);
  const after = net.apply(params, state, formulaTensor("x", [4, 8, 8, 3]), { training: true });
  const paths = flatten(state).map(([path]) => path);
  assertEquals(flatten(after.state).map(([path]) => path).sort(), [...paths].sort());
  const means = ["expert1/lr/mean", "expert2/lr/mean"].map((requested) =>
    flatten(after.state).find(([path]) => path === requested)![1]
  );
  assert(means[0].sub(means[1]).abs().max().dataSync()[0] > 1e-4);
});

testOnBackends("routed experts freeze their experts and count the used ones", () => {
  const net = routedExperts(three, { top: 4 });
  const { params, state } = net.init(3, [8, 8, 3]);
  const images = formulaTensor("x", [5, 8, 8, 3]);
  // Routers of known decision: the first always continues, the second never.
  const decided = (first: number, second: number): Params => ({
    ...params,
    router: {
      router1: { weight: tf.zeros([48, 16]), bias: tf.fill([16], first) },
      router2: { weight: tf.zeros([48, 16]), bias: tf.fill([16], second) },
      decision: {
        weight: tf.concat([tf.zeros([4, 1]), tf.ones([16, 1])]),
        bias: tf.tensor1d([-1]),
      },
    },
  });
  const answers: Record<string, number[]> = {};
  const experts: Record<string, tf.Tensor> = {};
  for (const [first, second, used] of [[0, 1, 1], [1, 0, 2], [1, 1, 3]]) {
    const { y, state: after } = net.apply(decided(first, second), state, images, {
      training: true,
      trains: ["router"],
      tap(name, feature) {
        if (/^expert\d\/logits$/.test(name)) experts[name] = feature;
        if (name === "used") answers[`${used}`] = [...feature.dataSync()];
        return feature;
      },
    });
    const some = Object.values(experts).slice(0, used);
    assertNear("y", y, { shape: [5, 6], data: [...tf.addN(some).div(used).dataSync()] }, 1e-5);
    assertEquals(after, state);
    assertEquals(answers[`${used}`], Array(5).fill(used));
  }
  const { gradients } = lossOf(net, expertAssignment(), ["router"])(params, state, {});
  for (const [path, derivative] of flatten(gradients)) {
    const moves = derivative.abs().max().dataSync()[0] > 0;
    if (!path.startsWith("router/")) assertEquals(moves, false, path);
  }
  assert(
    flatten(gradients).some(([path, gradient]) =>
      path === "router/decision/weight" && gradient.abs().max().dataSync()[0] > 0
    ),
  );
}, { only: ["tensorflow", "wasm"] });

testOnBackends("aceExperts() trains the shared stages only by the first expert", () => {
  const net = aceExperts(resnetCifar, { ...small, counts: COUNTS });
  const { params, state } = net.init(0, [8, 8, 3]);
  const images = formulaTensor("x", [4, 8, 8, 3]);
  const slopesOf = (expert: number) =>
    flatten(
      valueAndGradients((params) => {
        const { tap, found } = lossTaps(["experts"]);
        net.apply(params, state, images, { training: true, tap });
        return { loss: found().experts![expert].square().sum() as tf.Scalar };
      }, params).gradients,
    ).filter(([, derivative]) => derivative.abs().max().dataSync()[0] > 0).map(([path]) => path);
  assert(slopesOf(0).some((path) => path.startsWith("stage1/")));
  assert(slopesOf(2).every((path) => path.startsWith("expert3/")));
  assertEquals((branchOf(state, "ace").targets as tf.Tensor).shape, [3, 6]);
}, { only: ["tensorflow", "wasm"] });

const branchOf = (tree: Params, name: string) => tree[name] as Params;

testOnBackends(
  "momentumContrast() updates its key network in training and omits it in evaluation",
  () => {
    const network = single("linear"), net = momentumContrast(network, { momentum: 0.5 });
    const { params, state } = net.init(0, [8, 8, 3]);
    const key = flatten(branchOf(state, "key")).map(([path]) => path);
    assertEquals(key, flatten(params).map(([path]) => path));
    const moved = { ...params, head: { ...branchOf(params, "head"), bias: tf.ones([6]) } };
    const images = formulaTensor("x", [6, 8, 8, 3]);
    const after = net.apply(moved, state, images, { training: true });
    assertEquals(after.y.shape, [3, 6]);
    const bias = branchOf(branchOf(after.state, "key"), "head").bias as tf.Tensor;
    const start = (branchOf(params, "head").bias as tf.Tensor).dataSync();
    assertNear("bias", bias, {
      shape: [6],
      data: [...start].map((value) => (value + 1) / 2),
    }, 1e-6);
    const means = [state, after.state].map((state) =>
      (branchOf(branchOf(branchOf(state, "projection"), "bn"), "mean") as unknown as tf.Tensor)
        .dataSync()
    );
    assert(means[0].every((mean, i) => mean === 0 && means[1][i] !== 0));
    const { key: _key, ...own } = state;
    assertEquals(
      net.apply(params, state, images, { training: false }).y.dataSync(),
      network.apply(params, own, images, { training: false }).y.dataSync(),
    );
  },
  { only: ["tensorflow", "wasm"] },
);

testOnBackends("balancedContrast() updates the statistics of its projections without a tap", () => {
  const net = balancedContrast(single("linear"));
  const { params, state } = net.init(0, [8, 8, 3]);
  const after = net.apply(params, state, formulaTensor("x", [6, 8, 8, 3]), { training: true });
  for (const part of ["projection", "prototypes"]) {
    const { mean } = branchOf(branchOf(after.state, part), "bn");
    assert((mean as tf.Tensor).abs().sum().dataSync()[0] > 0);
  }
}, { only: ["tensorflow"] });

testOnBackends("networks of experts and views throw on mismatched arguments", () => {
  const one = () => ride(resnetCifar, { ...small, experts: 1 });
  assertThrows(one, RangeError, "Expected at least 2 experts but found 1: a single one is the");
  const bad: (() => unknown)[] = [
    () => ride(resnetCifar, { ...small, experts: 2, ownStages: 4 }),
    () => ride(resnetCifar, { ...small, experts: 2, reduction: 0 }),
    () => resnet({ depth: 18, classes: 3, experts: { count: 2, ownStages: 0 } }),
    () => routedExperts(three, { top: 0 }),
    () => routedExperts(three, { scale: -1 }),
    () => routedExperts(single("linear")).init(0, [8, 8, 3]),
    () => aceExperts(resnetCifar, { ...small, counts: COUNTS, upTo: [Infinity] }),
    () => aceExperts(resnetCifar, { ...small, counts: COUNTS, upTo: [100, 19] }),
    () => aceExperts(resnetCifar, { ...small, counts: [9, 1] }).init(0, [8, 8, 3]),
    () => momentumContrast(single("linear"), { momentum: 2 }),
    () => balancedContrast(three).init(0, [8, 8, 3]),
  ];
  for (const [i, call] of bad.entries()) assertThrows(call, RangeError, "Expected", `${i}`);
  const net = balancedContrast(single("cosine"));
  const { params, state } = net.init(0, [8, 8, 3]);
  assertThrows(
    () => net.apply(params, state, tf.zeros([4, 8, 8, 3]), { training: true }),
    RangeError,
    "Expected 3 views of each image for bcl but found 4 images",
  );
});

/**
 * The paper's alternatives to NBN: other norms, Weight Normalization, regularised variances, against PyTorch and finite
 * differences.
 */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { rng } from "../../lib/core/rng.ts";
import { flatten, type Params } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { traced } from "../../lib/engine/traced.ts";
import { crossEntropy, seesaw, stateful, varianceRegularized } from "../../lib/losses/mod.ts";
import {
  addNorm,
  type AppliedNorm,
  conv,
  featureNorm,
  instanceNorm,
  layerNorm,
  type Module,
  nbn,
  replaceNorm,
  resnet,
  resnetCifar,
} from "../../lib/nn/mod.ts";
import { lossTaps } from "../../lib/loop/taps.ts";
import { testOnBackends } from "../backends.ts";
import { assertGradients } from "../finite_difference.ts";
import golden from "../golden/ablations.json" with { type: "json" };
import { assertNear, formulaTensor, type Stored } from "./formula.ts";

const SHAPE = [3, 4, 5, 6];

const MODULES: Record<string, Module> = {
  layerNorm: layerNorm()({ channels: 6 }),
  instanceNorm: instanceNorm()({ channels: 6 }),
  "featureNorm C": featureNorm()({ channels: 6 }),
  "featureNorm CHW": featureNorm({ over: "CHW" })({ channels: 6 }),
  weightNorm: conv({ filters: 4, padding: 1, weightNorm: true }),
};

/** Inputs of tests/golden/make_ablations.py. */
const INPUTS: Record<string, Record<string, () => tf.Tensor>> = {
  norm: {
    x: () => formulaTensor("x", SHAPE, 3, -0.25),
    weight: () => formulaTensor("weight", [6], 0.5, 1),
    bias: () => formulaTensor("bias", [6], 0.5),
  },
  weightNorm: {
    x: () => formulaTensor("x", SHAPE),
    weight: () => formulaTensor("weight", [3, 3, 6, 4], 0.5),
    gain: () => formulaTensor("gain", [4], 0.5, 1),
  },
  varianceRegularized: {
    logits: () => formulaTensor("logits", [4, 3], 2),
    weight1: () => formulaTensor("weight1", [6], 0.5, 1),
    bias1: () => formulaTensor("bias1", [6], 0.5),
    weight2: () => formulaTensor("weight2", [9], 0.5, 1),
    bias2: () => formulaTensor("bias2", [9], 0.5),
  },
};

const at = (weight: tf.Tensor, bias: tf.Tensor, last = true): AppliedNorm => ({
  kind: "bn",
  site: {
    channels: weight.size,
    stage: last ? 3 : 2,
    stages: 3,
    block: 1,
    role: "last",
    path: "bn",
  },
  weight: weight as tf.Tensor1D,
  bias: bias as tf.Tensor1D,
});

function regularized([logits, weight1, bias1, weight2, bias2]: tf.Tensor[]): tf.Tensor {
  // Other layers do not contribute.
  const norms = [at(weight1, bias1), at(weight2, bias2), at(weight1.mul(9), bias2, false)];
  const labels = tf.tensor1d([0, 2, 1, 0], "int32");
  return varianceRegularized(crossEntropy(), { lambda: 0.3 })
    .apply({}, logits as tf.Tensor2D, labels, { progress: 0, norms }).loss;
}

for (const { kind, y, gradients } of golden) {
  testOnBackends(
    `${kind} agrees with PyTorch, eager and traced, and finite differences`,
    async () => {
      const made = INPUTS[kind] ?? INPUTS.norm, names = Object.keys(gradients);
      const inputs = names.map((name) => made[name]());
      const compute = (...given: tf.Tensor[]) => {
        if (kind === "varianceRegularized") return regularized(given);
        const [x, ...own] = given;
        const params = Object.fromEntries(names.slice(1).map((name, i) => [name, own[i]]));
        return MODULES[kind].apply(params, {}, x, { training: true }).y;
      };
      const cotangent = y.shape.length === 0 ? tf.scalar(1) : formulaTensor("cotangent", y.shape);
      const all = (...given: tf.Tensor[]) => ({
        y: compute(...given),
        gradients: tf.grads((...given: tf.Tensor[]) => compute(...given).mul(cotangent).sum())(
          given,
        ),
      });
      const run = traced(all);
      for (const found of [all(...inputs), await run(...inputs)]) {
        assertNear("y", found.y, y as Stored, 1e-5);
        names.forEach((name, i) => {
          assertNear(
            name,
            found.gradients[i],
            (gradients as unknown as Record<string, Stored>)[name],
            1e-4,
          );
        });
      }
      run.dispose();
      assertGradients(compute, inputs);
    },
  );
}

testOnBackends(
  "other norms compute the same in evaluation as in training and have no state",
  () => {
    for (const [kind, module] of Object.entries(MODULES)) {
      const { params, state } = module.init(rng(1), SHAPE.slice(1));
      const x = formulaTensor("x", SHAPE, 2);
      const runs = [true, false].map((training) => module.apply(params, state, x, { training }));
      assertEquals(runs[0].y.dataSync(), runs[1].y.dataSync(), kind);
      assertEquals(runs.map(({ state }) => state), [{}, {}]);
    }
  },
);

testOnBackends(
  "Weight Normalization starts with the initial filters and normalises each direction separately",
  () => {
    const plain = conv({ filters: 4 }), normed = conv({ filters: 4, weightNorm: true });
    const [a, b] = [plain, normed].map((layer) => layer.init(rng(3), [5, 5, 2]).params);
    const x = formulaTensor("x", [2, 5, 5, 2]);
    const apply = (layer: Module, params: Params) =>
      layer.apply(params, {}, x, { training: true }).y;
    const expected: Stored = { shape: [2, 5, 5, 4], data: [...apply(plain, a).dataSync()] };
    assertNear("start", apply(normed, b), expected, 1e-6);
    // The result does not depend on the length of the direction.
    const longer = { ...b, weight: (b.weight as tf.Tensor).mul(7) };
    assertNear("longer", apply(normed, longer), expected, 1e-6);
    const net = resnetCifar({ depth: 8, classes: 3, shortcut: "B", weightNorm: true });
    const paths = flatten(net.init(0, [8, 8, 3]).params).map(([path]) => path);
    const count = (end: string) => paths.filter((path) => path.endsWith(end)).length;
    assertEquals([count("conv/gain"), count("conv1/gain"), count("conv2/gain")], [3, 3, 3]);
  },
);

testOnBackends("replaceNorm() and addNorm() apply norms at the positions of NBN", () => {
  const paths = (net: ReturnType<typeof resnetCifar>) =>
    flatten(net.init(0, [8, 8, 3]).params).map(([path]) => path)
      .filter((path) => path.startsWith("stage3/block1/bn") || path.startsWith("stage3/block1/s"));
  const own = { depth: 8, classes: 3 };
  assertEquals(paths(resnetCifar({ ...own, norm: addNorm(layerNorm()) })), [
    "stage3/block1/bn1/weight",
    "stage3/block1/bn1/bias",
    "stage3/block1/bn2/weight",
    "stage3/block1/bn2/bias",
    "stage3/block1/bn2/added/weight",
    "stage3/block1/bn2/added/bias",
  ]);
  const { state } = resnetCifar({ ...own, norm: replaceNorm(instanceNorm()) }).init(0, [8, 8, 3]);
  const tracked = flatten(state).map(([path]) => path);
  assert(tracked.includes("stage3/block1/bn1/mean") && !tracked.includes("stage3/block1/bn2/mean"));
  const bottlenecks = resnet({ depth: 50, classes: 3, norm: addNorm(layerNorm()) });
  const added = flatten(bottlenecks.init(0, [32, 32, 3]).params).map(([path]) => path)
    .filter((path) => path.endsWith("added/weight"));
  const sites = ["block1/bn3", "block1/shortcut/bn", "block2/bn3", "block3/bn3"];
  assertEquals(added, sites.map((site) => `stage4/${site}/added/weight`));
}, { only: ["tensorflow"] });

testOnBackends(
  "varianceRegularized() reads the norms of a network and keeps a loss's state",
  () => {
    const loss = varianceRegularized(seesaw(3), { lambda: 2, placement: "C" });
    const { uses, init, apply } = stateful(loss);
    const net = resnetCifar({ depth: 8, classes: 3, norm: nbn() });
    const { params, state } = net.init(0, [8, 8, 3]);
    const { tap, onNorm, found } = lossTaps(uses);
    const { y } = net.apply(params, state, formulaTensor("x", [4, 8, 8, 3]), {
      training: true,
      tap,
      onNorm,
    });
    assertEquals(found().norms?.length, 7);
    const labels = tf.tensor1d([0, 1, 2, 0], "int32"), context = { progress: 0, ...found() };
    const result = apply(init({ batch: 4 }), y as tf.Tensor2D, labels, context);
    assertEquals(Object.keys(result.state), ["counts"]);
    // All parameters have equal initial values, so the regularisation is 0.
    const alone = seesaw(3).apply(init({ batch: 4 }), y as tf.Tensor2D, labels, context);
    const apart = result.loss.sub(alone.loss).abs().dataSync()[0];
    assert(apart < 1e-5, `${apart}`);
    const elsewhere = { progress: 0, norms: [at(tf.ones([2]), tf.zeros([2]), false)] };
    assertThrows(
      () => varianceRegularized(crossEntropy()).apply({}, y as tf.Tensor2D, labels, elsewhere),
      RangeError,
      "Expected a batch norm",
    );
    assertThrows(
      () => varianceRegularized(crossEntropy()).apply({}, y as tf.Tensor2D, labels),
      TypeError,
      "norms",
    );
  },
);

testOnBackends("other norms throw on mismatched shapes", () => {
  assertThrows(() => featureNorm({ over: "HW" as "C" }), RangeError, "Expected over");
  assertThrows(() => varianceRegularized(crossEntropy(), { lambda: -1 }), RangeError, "lambda");
  const layer = instanceNorm()({ channels: 2 });
  const { params } = layer.init(rng(0), [1, 1, 2]);
  assertThrows(
    () => layer.apply(params, {}, tf.ones([3, 1, 1, 2]), { training: true }),
    RangeError,
    "more than one position",
  );
});

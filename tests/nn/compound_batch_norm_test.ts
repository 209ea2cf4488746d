/**
 * Compound batch norm and its two paths, against formulas in double precision.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../lib/core/errors.ts";
import { rng } from "../../lib/core/rng.ts";
import { disposeTree, flatten, type Params } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { traced } from "../../lib/engine/traced.ts";
import { crossEntropy, dualPathLoss, seesaw } from "../../lib/losses/mod.ts";
import {
  batchNorm,
  compoundBatchNorm,
  dualPath,
  frequencyGroups,
  type Module,
  replaceNorm,
  resnetCifar,
} from "../../lib/nn/mod.ts";
import { responsibilities, type Responsibility } from "../../lib/nn/mixture.ts";
import { testOnBackends } from "../backends.ts";
import { assertGradients, randomTensor } from "../finite_difference.ts";
import { assertClose } from "../train/close.ts";

interface Packed {
  shape: number[];
  values: number[];
}
type PackedTree = Record<string, Packed>;

const golden: {
  cases: Record<string, {
    components: number;
    responsibility: Responsibility;
    groups?: number[];
    x: Packed;
    params: PackedTree;
    state: PackedTree;
    weights: Packed;
    y: Packed;
    after: PackedTree;
    gradients: PackedTree;
    evaluated: Packed;
  }>;
} = JSON.parse(await Deno.readTextFile(new URL("../golden/cbn.json", import.meta.url)));

const unpack = ({ shape, values }: Packed) => tf.tensor(values, shape);
const unpackTree = (tree: PackedTree): Params =>
  Object.fromEntries(Object.entries(tree).map(([name, packed]) => [name, unpack(packed)]));
const int32 = (values: readonly number[]) => tf.tensor1d([...values], "int32");

testOnBackends(
  "compoundBatchNorm() has the outputs, statistics and gradients of its formulas",
  () => {
    for (const [name, found] of Object.entries(golden.cases)) {
      const { components, responsibility, shape } = { ...found, shape: found.x.shape };
      const layer = compoundBatchNorm({ components, responsibility })({ channels: shape.at(-1)! });
      const state = unpackTree(found.state);
      const apply = (x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor) =>
        layer.apply({ weight, bias }, state, x, {
          training: true,
          groups: found.groups && int32(found.groups),
        });
      const { weight, bias } = unpackTree(found.params) as Record<string, tf.Tensor>;
      const x = unpack(found.x), weights = unpack(found.weights);
      const result = apply(x, weight, bias);
      assertClose(result.y.dataSync(), found.y.values, 2e-5);
      for (const [path, tensor] of flatten(result.state)) {
        assertClose(tensor.dataSync(), found.after[path].values, 1e-5);
      }
      const gradients = tf.grads((...inputs: tf.Tensor[]) => {
        const [x, weight, bias] = inputs;
        return apply(x, weight, bias).y.mul(weights).sum();
      })([x, weight, bias]);
      ["x", "weight", "bias"].forEach((input, i) =>
        assertClose(gradients[i].dataSync(), found.gradients[input].values, 2e-4)
      );
      const { y } = layer.apply({ weight, bias }, state, x, { training: false });
      assertClose(y.dataSync(), found.evaluated.values, 2e-5);
      assert(!name.includes("image") || responsibility === "image");
    }
  },
);

testOnBackends("compoundBatchNorm() has gradients that agree with finite differences", () => {
  const layer = compoundBatchNorm()({ channels: 3 }), random = rng(0);
  const { params, state } = layer.init(random, [2, 2, 3]);
  const { weight, bias } = params as Record<string, tf.Tensor>;
  // With groups, nothing else depends on the input; responsibilities are constants for the gradient only.
  const fn = (...[x, weight, bias]: tf.Tensor[]) =>
    layer.apply({ weight, bias }, state, x, { training: true, groups: int32([0, 1, 0, 1]) }).y;
  assertGradients(fn, [randomTensor([4, 2, 2, 3], random), weight, bias]);
  tf.dispose([weight, bias]);
  disposeTree(state);
}, { only: ["tensorflow", "cpu"] });

/** Applies a norm to two batches and in evaluation, and returns outputs, gradients and state. */
function results(layer: Module, channels: number): [string, Float32Array][] {
  const random = rng(1), { params, state } = layer.init(random, [2, 2, channels]);
  const [first, second, third, weights] = [1, 2, 3, 4].map(() =>
    randomTensor<tf.Tensor4D>([5, 2, 2, channels], random, 2)
  );
  const before = layer.apply(params, state, first, { training: true }).state;
  const { weight, bias } = params as Record<string, tf.Tensor>;
  const gradients = tf.grads((...[x, weight, bias]: tf.Tensor[]) =>
    layer.apply({ weight, bias }, before, x, { training: true }).y.mul(weights).sum()
  )([second, weight, bias]);
  const { y, state: after } = layer.apply(params, before, second, { training: true });
  const evaluated = layer.apply(params, after, third, { training: false }).y;
  return flatten({ y, after, evaluated, ...gradients } as unknown as Params)
    .map(([path, tensor]) => [path, tensor.dataSync() as Float32Array]);
}

testOnBackends("compoundBatchNorm() with one component is batchNorm(), bit for bit", () => {
  const options = { epsilon: 1e-3, momentum: 0.2 };
  assertEquals(
    results(compoundBatchNorm({ components: 1, ...options })({ channels: 3 }), 3),
    results(batchNorm(options)({ channels: 3 }), 3),
  );
});

testOnBackends("compoundBatchNorm() of equal Gaussians normalises as batchNorm()", () => {
  const layer = compoundBatchNorm()({ channels: 3 });
  const equal: Module = {
    init(random, shape) {
      const made = layer.init(random, shape);
      return { ...made, state: { ...made.state, mean: tf.zeros([2, 3]) } };
    },
    apply: layer.apply,
  };
  const found = new Map(results(equal, 3));
  for (const [path, values] of results(batchNorm()({ channels: 3 }), 3)) {
    if (path === "y" || path === "evaluated" || path === "0") {
      // Each Gaussian has half of the images, by which its variance is corrected.
      assertClose(found.get(path)!, values, path === "evaluated" ? 0.02 : 1e-4);
    }
  }
});

testOnBackends("responsibilities() add up to 1, also far from all Gaussians", () => {
  const gaussian = (mean: number) => ({ mean: tf.tensor1d([mean]), variance: tf.tensor1d([0.01]) });
  const mixture = { gaussians: [-1, 0, 2].map(gaussian), share: tf.tensor1d([0.2, 0.5, 0.3]) };
  const x = tf.tensor2d([[-1e4], [-0.5], [0], [1], [1e4]]);
  for (const responsibility of ["channel", "image"] as const) {
    const found = responsibilities(x, mixture, responsibility, 1e-5);
    assertClose(tf.addN(found).dataSync(), [1, 1, 1, 1, 1], 1e-6);
    assertEquals([...found[0].dataSync()].map(Math.round), [1, 0, 0, 0, 0]);
  }
});

testOnBackends("compoundBatchNorm() finds the Gaussians of its input", async () => {
  const layer = compoundBatchNorm()({ channels: 1 }), random = rng(0);
  const { params, state: start } = layer.init(random, [1]);
  const step = traced(
    (state: Params, x: tf.Tensor) => layer.apply(params, state, x, { training: true }).state,
    { name: "em", precision: "float32" },
  );
  let state: Params = start;
  for (let i = 0; i < 200; i++) {
    // A quarter around −2, the others around 1.
    const x = tf.tensor2d(
      Array.from({ length: 256 }, (_, k) => (k % 4 === 0 ? -2 : 1) + 0.5 * random.normal()),
      [256, 1],
    );
    const before = state;
    state = await step(state, x);
    disposeTree({ before, x });
  }
  step.dispose();
  const { mean, variance, share } = state as Record<string, tf.Tensor>;
  const near = (tensor: tf.Tensor, expected: number[], tolerance: number) =>
    tensor.dataSync().forEach((value, k) => assertAlmostEquals(value, expected[k], tolerance));
  near(mean, [-2, 1], 0.1);
  near(variance, [0.25, 0.25], 0.05);
  near(share, [0.25, 0.75], 0.02);
}, { only: ["tensorflow"] });

/** A norm of vectors as a network, since `dualPath()` extends networks. */
function normNetwork(counts: readonly number[], isDual: boolean) {
  const layer = compoundBatchNorm()({ channels: 1 });
  const inner = { ...layer, name: "norm", init: () => layer.init(rng(0), [1]) };
  return isDual ? dualPath(inner, counts) : inner;
}

testOnBackends("by the second path each Gaussian tends to the mean of its group", () => {
  // Two of three images are of the head class, whose values are around 1; those of the other are around 1.5.
  const counts = [20, 10],
    random = rng(0),
    labels = Array.from({ length: 48 }, (_, i) => +(i % 3 === 2));
  const distances = [false, true].map((isDual) => {
    const net = normNetwork(counts, isDual), made = net.init(0, [1]);
    let state = made.state;
    for (let i = 0; i < 60; i++) {
      const x = tf.tensor2d(labels.map((label) => [1 + 0.5 * label + random.normal()]));
      state = net.apply(made.params, state, x, { training: true, labels: int32(labels) }).state;
    }
    const [head, tail] = (state.mean as tf.Tensor).dataSync();
    return tail - head;
  });
  // Alone, the mixture separates small values from large ones instead.
  assert(Math.abs(distances[1] - 0.5) < Math.abs(distances[0] - 0.5) / 2, `${distances}`);
}, { only: ["wasm"] });

testOnBackends("dualPath() returns the first path, and nothing else in evaluation", () => {
  const counts = [9, 3, 6], norm = compoundBatchNorm();
  const inner = resnetCifar({ depth: 8, width: 0.25, classes: 3, norm }),
    net = dualPath(inner, counts);
  const { params, state } = net.init(0, [8, 8, 3]), x = randomTensor([6, 8, 8, 3], rng(0));
  const mode = { training: true, labels: int32([0, 1, 2, 2, 1, 0]) };
  const names: string[] = [], plain: string[] = [];
  const tapped =
    (names: string[]) => (name: string, feature: tf.Tensor) => (names.push(name), feature);
  const found = net.apply(params, state, x, { ...mode, tap: tapped(names) });
  const first = inner.apply(params, state, x, { ...mode, tap: tapped(plain) });
  assertEquals(found.y.dataSync(), first.y.dataSync());
  assertEquals(names, [...plain, "split/logits"]);
  const second = inner.apply(params, first.state, x, {
    ...mode,
    groups: int32([0, 1, 0, 0, 1, 0]),
  });
  assertEquals(
    flatten(found.state).map(([path, x]) => [path, x.dataSync()]),
    flatten(second.state).map(([path, x]) => [path, x.dataSync()]),
  );
  const evaluated = net.apply(params, state, x, { ...mode, training: false });
  assertEquals(evaluated.state, inner.apply(params, state, x, { training: false }).state);
}, { only: ["tensorflow"] });

Deno.test("frequencyGroups() cuts classes by frequency into equal parts", () => {
  assertEquals(frequencyGroups([5, 4, 3, 2, 1], 2), [0, 0, 0, 1, 1]);
  assertEquals(frequencyGroups([1, 30, 2, 20, 10, 3], 3), [2, 0, 2, 0, 1, 1]);
  assertEquals(frequencyGroups([7, 7, 7], 3), [0, 1, 2]);
  assertThrows(() => frequencyGroups([1, 2], 3), RangeError, "at most 2 groups");
  assertThrows(() => frequencyGroups([1, 2], 0), RangeError, "groups");
});

testOnBackends(
  "dualPathLoss() is half of the sum of both paths, with the state of the first",
  () => {
    const [logits, splitLogits] = [0, 1].map((seed) =>
      randomTensor<tf.Tensor2D>([4, 3], rng(seed))
    );
    const labels = int32([0, 2, 1, 1]), context = { progress: 1, splitLogits };
    const loss = dualPathLoss(crossEntropy());
    const parts = [logits, splitLogits].map((z) => crossEntropy()(z, labels).dataSync()[0]);
    assertAlmostEquals(
      loss(logits, labels, context).dataSync()[0],
      (parts[0] + parts[1]) / 2,
      1e-6,
    );
    assertGradients(
      (...[logits, splitLogits]) =>
        loss(logits as tf.Tensor2D, labels, {
          progress: 1,
          splitLogits: splitLogits as tf.Tensor2D,
        }),
      [logits, splitLogits],
    );
    const stateful = dualPathLoss(seesaw(3));
    assert(typeof stateful !== "function");
    const state = stateful.init({ batch: 4 }), alone = seesaw(3);
    const [both, first] = [stateful, alone].map((loss) =>
      typeof loss === "function" ? undefined! : loss.apply(state, logits, labels, context).state
    );
    assertEquals(
      flatten(both).map(([, x]) => x.dataSync()),
      flatten(first).map(([, x]) => x.dataSync()),
    );
    assertThrows(() => loss(logits, labels, { progress: 1 }), TypeError, "splitLogits");
  },
);

Deno.test("compoundBatchNorm() refuses what it cannot compute", () => {
  assertThrows(() => compoundBatchNorm({ components: 0 }), RangeError, "components");
  assertThrows(() => compoundBatchNorm({ responsibility: "layer" as never }), RangeError, "layer");
  const layer = compoundBatchNorm()({ channels: 3 });
  assertThrows(() => layer.init(rng(0), [2, 2, 4]), RangeError, "3 channels");
  tf.tidy(() => {
    const { params, state } = layer.init(rng(0), [3]);
    const mode = { training: true, spread: {} as never };
    assertThrows(() => layer.apply(params, state, tf.zeros([4, 3]), mode), UsageError, "--sync-bn");
  });
});

Deno.test("replaceNorm() limits compoundBatchNorm() to the last stage", () => {
  const norm = replaceNorm(compoundBatchNorm(), { placement: "A" });
  tf.tidy(() => {
    const { state } = resnetCifar({ depth: 8, width: 0.25, classes: 3, norm }).init(0, [8, 8, 3]);
    const compound = flatten(state).filter(([path]) => path.endsWith("/share"));
    assert(compound.length > 0 && compound.every(([path]) => path.startsWith("stage3/")));
  });
});

/**
 * Losses: values and gradients against PyTorch, gradients against finite differences, extreme and invalid input.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { rng } from "../../lib/core/rng.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { traced } from "../../lib/engine/traced.ts";
import {
  abcNorm,
  ala,
  balancedSoftmax,
  classBalancedLoss,
  crossEntropy,
  disalign,
  disalignWeights,
  effectiveNumberWeights,
  focal,
  iif,
  iifLogits,
  labelAwareSmoothing,
  ldam,
  logitAdjusted,
  logitAdjustment,
  type Loss,
  sigmoidEql,
  sigmoidFocal,
  softmaxBinary,
  tsc,
} from "../../lib/losses/mod.ts";
import { testOnBackends } from "../backends.ts";
import { assertGradients, randomTensor } from "../finite_difference.ts";
import { assertClose } from "../train/close.ts";

const golden: {
  counts: number[];
  labels: number[];
  weights: number[];
  cases: Record<string, { logits: number[]; value: number; gradient: number[] }>;
} = JSON.parse(await Deno.readTextFile(new URL("../golden/losses.json", import.meta.url)));

const { counts, weights } = golden;
const LATE = { progress: 0.9 }, EARLY = { progress: 0.5 };

const LOSSES: Record<string, { loss: Loss; context?: { progress: number } }> = {
  "crossEntropy": { loss: crossEntropy() },
  "crossEntropy weights": { loss: crossEntropy({ weights }) },
  "crossEntropy smoothing": { loss: crossEntropy({ smoothing: 0.1 }) },
  "crossEntropy both": { loss: crossEntropy({ weights, smoothing: 0.2 }) },
  "crossEntropy mean": { loss: crossEntropy({ weights, reduction: "mean" }) },
  "crossEntropy both mean": {
    loss: crossEntropy({ weights, smoothing: 0.2, reduction: "mean" }),
  },
  "focal 1": { loss: focal() },
  "focal 2 weights": { loss: focal({ gamma: 2, weights }) },
  "focal 2 weights mean": { loss: focal({ gamma: 2, weights, reduction: "mean" }) },
  "focal 1 LDAM": { loss: focal({ weights, weightedProbability: true, reduction: "mean" }) },
  "focal 0.5": { loss: focal({ gamma: 0.5 }) },
  "sigmoidFocal 2": { loss: sigmoidFocal({ gamma: 2 }) },
  "classBalancedLoss": { loss: classBalancedLoss(counts) },
  "classBalancedLoss weighted": {
    loss: classBalancedLoss(counts, { reduction: "weighted-mean" }),
  },
  "classBalancedLoss focal": {
    loss: classBalancedLoss(counts, { beta: 0.99, loss: "focal", gamma: 2 }),
  },
  "classBalancedLoss sigmoid": {
    loss: classBalancedLoss(counts, { beta: 0.99, loss: "sigmoid-focal", gamma: 2 }),
  },
  "ldam": { loss: ldam(counts, { deferAt: 0.8 }), context: EARLY },
  "ldam deferred": { loss: ldam(counts, { deferAt: 0.8 }), context: LATE },
  "balancedSoftmax": { loss: balancedSoftmax(counts) },
  "logitAdjusted": { loss: logitAdjusted(counts, { tau: 1.5 }) },
  "abcNorm": { loss: abcNorm(counts) },
  "abcNorm 0.2": { loss: abcNorm(counts, { tau: 0.2 }) },
  "labelAwareSmoothing": { loss: labelAwareSmoothing(counts) },
  "labelAwareSmoothing linear": {
    loss: labelAwareSmoothing(counts, { head: 0.4, tail: 0.1, shape: "linear" }),
  },
  "labelAwareSmoothing convex": {
    loss: labelAwareSmoothing(counts, { head: 0.4, tail: 0.1, shape: "convex" }),
  },
  "sigmoidEql": { loss: sigmoidEql(counts) },
  "sigmoidEql 0.1": { loss: sigmoidEql(counts, { threshold: 0.1 }) },
  "iif": { loss: iif(counts) },
  "iif smooth": { loss: iif(counts, { form: "smooth" }) },
  "ala": { loss: ala(counts) },
  "ala differentiated": { loss: ala(counts, { scale: 16, differentiateDifficulty: true }) },
  "softmaxBinary": { loss: softmaxBinary() },
  "softmaxBinary weights": {
    loss: softmaxBinary({ weights: effectiveNumberWeights(counts, 0.9999) }),
  },
  "tsc": { loss: (cosines, labels) => tsc(tf.scalar(0))(cosines, labels) },
  "tsc sharper": {
    loss: (cosines, labels) => tsc(tf.scalar(1.5), { kappa: 4 })(cosines, labels),
  },
  "disalign": { loss: disalign(counts) },
};

/** Losses of cosines, which are at most 1. */
const COSINE = /^(ldam|ala|tsc)/;

/** Losses that detach a factor, so that gradients differ from finite differences. */
const DETACHED = ["ala"];

Deno.test("every golden loss is tested", () => {
  assertEquals(Object.keys(LOSSES), Object.keys(golden.cases));
});

for (const [name, { loss, context }] of Object.entries(LOSSES)) {
  const { logits, value, gradient } = golden.cases[name];
  testOnBackends(
    `${name} agrees with PyTorch, eager and traced, and with finite differences`,
    async () => {
      const labels = tf.tensor1d(golden.labels, "int32");
      const z = tf.tensor2d(logits, [golden.labels.length, counts.length]);
      const compute = (z: tf.Tensor, labels: tf.Tensor) => ({
        value: loss(z as tf.Tensor2D, labels as tf.Tensor1D, context),
        gradient: tf.grad((z) => loss(z as tf.Tensor2D, labels as tf.Tensor1D, context))(z),
      });
      const run = traced(compute);
      for (const found of [compute(z, labels), await run(z, labels)]) {
        assertAlmostEquals(found.value.dataSync()[0], value, 2e-6 * Math.max(1, value));
        assertClose(found.gradient.dataSync(), gradient, 1e-5);
      }
      run.dispose();
      if (DETACHED.includes(name)) return;
      // A scale of 30 increases the curvature of the loss.
      const step = COSINE.test(name) ? 1e-3 : 1e-2;
      assertGradients((z) => loss(z as tf.Tensor2D, labels, context), [z], { step });
      for (const seed of [1, 2, 3]) {
        const classes = counts.length, batch = 1 + seed;
        const z = randomTensor<tf.Tensor2D>([batch, classes], rng(seed), seed === 3 ? 0.05 : 1);
        const random = rng(seed).fork("labels");
        const labels = tf.tensor1d(
          Array.from({ length: batch }, () => random.below(classes)),
          "int32",
        );
        assertGradients((z) => loss(z as tf.Tensor2D, labels, context), [z], { step, seed });
      }
    },
  );

  testOnBackends(`${name} is finite at extreme logits`, () => {
    const labels = tf.tensor1d([0, 3], "int32");
    const extreme = COSINE.test(name) ? 1 : 1e4;
    const z = tf.tensor2d([1, -1, -1, -1, -1, 1, -1, -1, -1, -1], [2, 5]).mul(extreme);
    const value = loss(z as tf.Tensor2D, labels, context).dataSync()[0];
    const gradient = tf.grad((z) => loss(z as tf.Tensor2D, labels, context))(z).dataSync();
    assert(Number.isFinite(value) && gradient.every(Number.isFinite), `${value} ${gradient}`);
  });
}

testOnBackends("logitAdjustment() subtracts the offset of logitAdjusted()", () => {
  const z = randomTensor<tf.Tensor2D>([3, 5], rng(1));
  const labels = tf.tensor1d([0, 2, 4], "int32");
  const adjusted = logitAdjusted(counts, { tau: 0.7 })(
    logitAdjustment(z, counts, { tau: 0.7 }),
    labels,
  );
  assertAlmostEquals(adjusted.dataSync()[0], crossEntropy()(z, labels).dataSync()[0], 1e-5);
});

Deno.test("effectiveNumberWeights() sum to the number of classes and range from equal to 1/n", () => {
  assertEquals(effectiveNumberWeights([100, 10, 1], 0), [1, 1, 1]);
  const [a, b, c] = effectiveNumberWeights([100, 10, 1], 1 - 1e-12);
  assertAlmostEquals(a + b + c, 3, 1e-12);
  assertAlmostEquals(b / a, 10, 1e-6);
  assertAlmostEquals(c / b, 10, 1e-6);
});

Deno.test("ldam() changes its formula at deferAt", () => {
  assertEquals(ldam(counts, { deferAt: 0.8 }).phases, [0.8]);
  assertEquals(ldam(counts).phases, undefined);
});

testOnBackends(
  "losses from class counts accept one class, one image, and classes of equal size",
  () => {
    const makers = [
      abcNorm,
      labelAwareSmoothing,
      sigmoidEql,
      ala,
      disalign,
      ldam,
      balancedSoftmax,
      logitAdjusted,
      classBalancedLoss,
    ];
    const labels = tf.tensor1d([0], "int32");
    for (const make of makers) {
      for (const counts of [[7], [4, 4, 4], [1, 1000, 2]]) {
        const z = tf.ones([1, counts.length]).mul(0.5) as tf.Tensor2D;
        assert(Number.isFinite(make(counts)(z, labels).dataSync()[0]), `${make.name} of ${counts}`);
      }
    }
  },
);

testOnBackends("iif() is cross-entropy of iifLogits()", () => {
  const z = randomTensor<tf.Tensor2D>([3, 5], rng(2)), labels = tf.tensor1d([0, 2, 4], "int32");
  const direct = crossEntropy()(iifLogits(z, counts), labels).dataSync()[0];
  assertEquals(iif(counts)(z, labels).dataSync()[0], direct);
});

testOnBackends("softmaxBinary() keeps tiny probabilities of the other classes", () => {
  // 1 − p of the winner is 2 · e⁻²⁰, which 1 − p in float32 would round to 0.
  const z = tf.tensor2d([[20, 0, 0]]), labels = tf.tensor1d([1], "int32");
  const expected = (20 + 20 - Math.log(2) + Math.exp(-20)) / 3;
  assertAlmostEquals(softmaxBinary()(z, labels).dataSync()[0], expected, 1e-4);
});

Deno.test("losses throw on numbers out of range", () => {
  const bad: (() => unknown)[] = [
    () => crossEntropy({ weights: [1, 0] }),
    () => crossEntropy({ smoothing: 1 }),
    () => crossEntropy({ reduction: "sum" as never }),
    () => classBalancedLoss(counts, { reduction: "sum" as never }),
    () => focal({ gamma: -1 }),
    () => sigmoidFocal({ weights: [NaN] }),
    () => classBalancedLoss(counts, { beta: 1 }),
    () => classBalancedLoss([5, 0]),
    () => classBalancedLoss(counts, { loss: "other" as never }),
    () => ldam([]),
    () => ldam(counts, { scale: 0 }),
    () => ldam(counts, { deferAt: 2 }),
    () => balancedSoftmax([1, -1]),
    () => logitAdjusted(counts, { tau: -1 }),
    () => effectiveNumberWeights(counts, [0.9, 0.9]),
    () => abcNorm(counts, { tau: 1.1 }),
    () => labelAwareSmoothing(counts, { head: 1 }),
    () => labelAwareSmoothing(counts, { shape: "other" as never }),
    () => sigmoidEql(counts, { threshold: -1 }),
    () => iif([5]),
    () => iif(counts, { form: "other" as never }),
    () => ala(counts, { scale: 0 }),
    () => softmaxBinary({ weights: [0] }),
    () => disalignWeights(counts, { rho: -1 }),
  ];
  for (const make of bad) assertThrows(make, RangeError, "Expected");
});

testOnBackends("class-balanced weights apply in a batch of one image", () => {
  const z = tf.tensor2d([[0, 0]]), weights = effectiveNumberWeights([500, 5], 0.9999);
  for (const [label, weight] of weights.entries()) {
    const labels = tf.tensor1d([label], "int32");
    const loss = classBalancedLoss([500, 5])(z, labels).dataSync()[0];
    assertAlmostEquals(loss, weight * Math.log(2), 1e-6);
  }
});

testOnBackends("losses throw on another number of classes", () => {
  const z = tf.zeros([2, 3]) as tf.Tensor2D, labels = tf.tensor1d([0, 1], "int32");
  for (
    const loss of [
      crossEntropy({ weights }),
      focal({ weights }),
      ldam(counts),
      balancedSoftmax(counts),
      logitAdjusted(counts),
      abcNorm(counts),
      labelAwareSmoothing(counts),
      sigmoidEql(counts),
      iif(counts),
      ala(counts),
      softmaxBinary({ weights }),
      disalign(counts),
    ]
  ) assertThrows(() => loss(z, labels), RangeError, "3");
});

/**
 * Losses: values and gradients against PyTorch, gradients against finite differences, extremes, bad input.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { rng } from "../../lib/core/rng.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { traced } from "../../lib/engine/traced.ts";
import {
  balancedSoftmax,
  classBalancedLoss,
  crossEntropy,
  effectiveNumberWeights,
  focal,
  ldam,
  logitAdjusted,
  logitAdjustment,
  type Loss,
  sigmoidFocal,
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
  "focal 1": { loss: focal() },
  "focal 2 weights": { loss: focal({ gamma: 2, weights }) },
  "focal 0.5": { loss: focal({ gamma: 0.5 }) },
  "sigmoidFocal 2": { loss: sigmoidFocal({ gamma: 2 }) },
  "classBalancedLoss": { loss: classBalancedLoss(counts) },
  "classBalancedLoss focal": {
    loss: classBalancedLoss(counts, { beta: 0.99, loss: "focal", gamma: 2 }),
  },
  "ldam": { loss: ldam(counts, { deferAt: 0.8 }), context: EARLY },
  "ldam deferred": { loss: ldam(counts, { deferAt: 0.8 }), context: LATE },
  "balancedSoftmax": { loss: balancedSoftmax(counts) },
  "logitAdjusted": { loss: logitAdjusted(counts, { tau: 1.5 }) },
};

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
      // LDAM's scale of 30 makes the loss curve more.
      const step = name.startsWith("ldam") ? 1e-3 : 1e-2;
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

  testOnBackends(`${name} stays finite at extreme logits`, () => {
    const labels = tf.tensor1d([0, 3], "int32");
    const extreme = name.startsWith("ldam") ? 1 : 1e4;
    const z = tf.tensor2d([1, -1, -1, -1, -1, 1, -1, -1, -1, -1], [2, 5]).mul(extreme);
    const value = loss(z as tf.Tensor2D, labels, context).dataSync()[0];
    const gradient = tf.grad((z) => loss(z as tf.Tensor2D, labels, context))(z).dataSync();
    assert(Number.isFinite(value) && gradient.every(Number.isFinite), `${value} ${gradient}`);
  });
}

testOnBackends("logitAdjustment() undoes what logitAdjusted() adds", () => {
  const z = randomTensor<tf.Tensor2D>([3, 5], rng(1));
  const labels = tf.tensor1d([0, 2, 4], "int32");
  const adjusted = logitAdjusted(counts, { tau: 0.7 })(
    logitAdjustment(z, counts, { tau: 0.7 }),
    labels,
  );
  assertAlmostEquals(adjusted.dataSync()[0], crossEntropy()(z, labels).dataSync()[0], 1e-5);
});

Deno.test("effectiveNumberWeights() sum to the number of classes and go from 1 to 1/n", () => {
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

Deno.test("losses throw on numbers out of range", () => {
  const bad: (() => unknown)[] = [
    () => crossEntropy({ weights: [1, 0] }),
    () => crossEntropy({ smoothing: 1 }),
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
  ];
  for (const make of bad) assertThrows(make, RangeError, "Expected");
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
    ]
  ) assertThrows(() => loss(z, labels), RangeError, "3");
});

/**
 * Random losses: values and gradients against PyTorch with the same draws, also traced.
 *
 * @module
 */
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import { rng } from "../../lib/core/rng.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { traced } from "../../lib/engine/traced.ts";
import { gclBetas } from "../../lib/losses/gcl.ts";
import { crossEntropy, effectiveNumberWeights, eql, gcl, type Loss } from "../../lib/losses/mod.ts";
import { testOnBackends } from "../backends.ts";
import { assertGradients, randomTensor } from "../finite_difference.ts";
import { assertClose } from "../train/close.ts";

const golden: {
  counts: number[];
  labels: number[];
  seed: number[];
  cases: Record<string, { logits: number[]; value: number; gradient: number[] }>;
} = JSON.parse(await Deno.readTextFile(new URL("../golden/random_losses.json", import.meta.url)));

const { counts } = golden;

const LOSSES: Record<string, Loss> = {
  "eql": eql(counts),
  "eql threshold": eql(counts, { gamma: 0.5, threshold: 0.05 }),
  "gcl": gcl(counts),
  "gcl stage 2": gcl(counts, { scale: 20, margin: 0.1, gamma: 1 }),
};

/** Losses that detach a factor, so that gradients differ from finite differences. */
const DETACHED = ["gcl stage 2"];

Deno.test("every golden random loss is tested", () => {
  assertEquals(Object.keys(LOSSES), Object.keys(golden.cases));
});

for (const [name, loss] of Object.entries(LOSSES)) {
  const { logits, value, gradient } = golden.cases[name];
  const extreme = name.startsWith("gcl") ? 1 : 1e4;

  testOnBackends(
    `${name} agrees with PyTorch, eager and traced, and with finite differences`,
    async () => {
      const labels = tf.tensor1d(golden.labels, "int32");
      const seed = tf.tensor1d(golden.seed, "int32");
      const z = tf.tensor2d(logits, [golden.labels.length, counts.length]);
      const compute = (z: tf.Tensor, labels: tf.Tensor, seed: tf.Tensor) => {
        const of = (z: tf.Tensor) =>
          loss(z as tf.Tensor2D, labels as tf.Tensor1D, {
            progress: 0,
            seed: seed as tf.Tensor1D,
          });
        return { value: of(z), gradient: tf.grad(of)(z) };
      };
      const run = traced(compute);
      for (const found of [compute(z, labels, seed), await run(z, labels, seed)]) {
        assertAlmostEquals(found.value.dataSync()[0], value, 5e-6 * Math.max(1, value));
        assertClose(found.gradient.dataSync(), gradient, 2e-5);
      }
      const other = await run(z, labels, tf.tensor1d([golden.seed[0], 1], "int32"));
      assertNotEquals(other.value.dataSync()[0], value, "the noise is frozen in the trace");
      run.dispose();
      if (DETACHED.includes(name)) return;
      const step = name.startsWith("gcl") ? 1e-3 : 1e-2;
      for (const number of [1, 2, 3]) {
        const z = randomTensor<tf.Tensor2D>([number, counts.length], rng(number), 0.5);
        const labels = tf.tensor1d(Array.from({ length: number }, (_, i) => i % 5), "int32");
        const seed = tf.tensor1d([number, 7], "int32");
        assertGradients(
          (z) => loss(z as tf.Tensor2D, labels, { progress: 0, seed }),
          [z],
          { step, seed: number },
        );
      }
    },
  );

  testOnBackends(`${name} is finite at extreme logits`, () => {
    const labels = tf.tensor1d([0, 3], "int32"), seed = tf.tensor1d([1, 1], "int32");
    const z = tf.tensor2d([1, -1, -1, -1, -1, 1, -1, -1, -1, -1], [2, 5]).mul(extreme);
    const of = (z: tf.Tensor) => loss(z as tf.Tensor2D, labels, { progress: 0, seed });
    const gradient = tf.grad(of)(z).dataSync();
    assert(Number.isFinite(of(z).dataSync()[0]) && gradient.every(Number.isFinite));
  });

  testOnBackends(`${name} throws without a seed and on another number of classes`, () => {
    const labels = tf.tensor1d([0], "int32"), seed = tf.tensor1d([1, 1], "int32");
    assertThrows(() => loss(tf.zeros([1, 5]), labels), TypeError, "seed");
    assertThrows(() => loss(tf.zeros([1, 3]), labels, { progress: 0, seed }), RangeError, "3");
    assertEquals(loss.uses, ["seed"]);
  });
}

testOnBackends("eql() ignores rare classes with probability γ, and never the true class", () => {
  const classes = [9000, 10, 10], images = 4000;
  const labels = tf.zeros([images], "int32") as tf.Tensor1D;
  const seed = tf.tensor1d([5, 5], "int32");
  const context = { progress: 0, seed };
  const derivative = (labels: tf.Tensor1D) =>
    tf.grad((z) => eql(classes, { gamma: 0.7 })(z as tf.Tensor2D, labels, context))(
      tf.zeros([images, 3]),
    );
  const spared = derivative(labels).slice([0, 1]).equal(0).toFloat().mean().dataSync()[0];
  assertAlmostEquals(spared, 0.7, 0.02);
  // Images of rare class 1 always increase its logit.
  const own = derivative(tf.onesLike(labels)).slice([0, 1], [images, 1]).min().dataSync()[0];
  assert(own < 0);
});

testOnBackends("eql() and gcl() are cross-entropy for classes of equal size", () => {
  const z = randomTensor<tf.Tensor2D>([4, 3], rng(3), 0.3);
  const labels = tf.tensor1d([0, 1, 2, 2], "int32");
  const context = { progress: 0, seed: tf.tensor1d([0, 0], "int32") };
  const plain = crossEntropy()(z, labels).dataSync()[0];
  assertAlmostEquals(eql([4, 4, 4])(z, labels, context).dataSync()[0], plain, 1e-6);
  assertAlmostEquals(gcl([4, 4, 4], { scale: 1 })(z, labels, context).dataSync()[0], plain, 1e-6);
});

Deno.test("gclBetas() weight by class", () => {
  const betas = gclBetas([1000, 100, 10]);
  assertAlmostEquals(betas[1], 0.999905, 1e-12);
  const [frequent, , rare] = effectiveNumberWeights([1000, 100, 10], betas);
  assert(rare > frequent);
});

Deno.test("random losses throw on numbers out of range", () => {
  const bad: (() => unknown)[] = [
    () => eql(counts, { gamma: 1.5 }),
    () => eql(counts, { threshold: -1 }),
    () => eql([1, 0]),
    () => gcl(counts, { scale: 0 }),
    () => gcl(counts, { noise: -1 }),
    () => gcl([]),
    () => gclBetas([0]),
  ];
  for (const make of bad) assertThrows(make, RangeError, "Expected");
});

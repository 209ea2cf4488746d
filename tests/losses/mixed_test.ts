/**
 * Losses of mixed images.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { rng } from "../../lib/core/rng.ts";
import { mixedTargets, mixup } from "../../lib/data/mix/mod.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { crossEntropy, gcl, ldam, mixedLoss, softCrossEntropy } from "../../lib/losses/mod.ts";
import { testOnBackends } from "../backends.ts";
import { assertGradients, randomTensor } from "../finite_difference.ts";

testOnBackends("mixedLoss() of cross-entropy is softCrossEntropy() of the targets", () => {
  const batch = { images: new Float32Array(6), labels: Int32Array.of(0, 1, 2, 2, 0, 1) };
  const mixed = mixup(batch, rng(3));
  const z = randomTensor<tf.Tensor2D>([6, 3], rng(4));
  const targets = tf.tensor2d(mixedTargets(mixed, 3), [6, 3]);
  const labels = tf.tensor1d(mixed.labels, "int32");
  const partners = tf.tensor1d(mixed.partners, "int32");
  const fraction = tf.scalar(mixed.shares[0]);
  const loss = mixedLoss(crossEntropy());
  const found = loss(z, labels, partners, fraction).dataSync()[0];
  assertAlmostEquals(found, softCrossEntropy(z, targets).dataSync()[0], 1e-6);
  assertGradients((z) => loss(z as tf.Tensor2D, labels, partners, fraction), [z]);
  assertGradients((z) => softCrossEntropy(z as tf.Tensor2D, targets), [z]);
});

Deno.test("mixedLoss() keeps the phases and inputs of its loss", () => {
  assertEquals(mixedLoss(ldam([3, 1], { deferAt: 0.8 })).phases, [0.8]);
  assertEquals(mixedLoss(gcl([3, 1])).uses, ["seed"]);
});

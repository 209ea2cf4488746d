import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { classLogitGradients, lossByMargin } from "../../lib/analysis/mod.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { engine } from "../../lib/engine/mod.ts";
import {
  balancedSoftmax,
  classBalancedLoss,
  crossEntropy,
  focal,
  logitAdjusted,
} from "../../lib/losses/mod.ts";

const counts = [30, 8, 2];
const labels = counts.flatMap((count, label) => Array<number>(count).fill(label));
const images = { labels, classes: 3 };

function near(found: readonly number[], expected: readonly number[], within = 1e-6): void {
  assertEquals(found.length, expected.length);
  found.forEach((value, i) => assertAlmostEquals(value, expected[i], within));
}

Deno.test("classLogitGradients() of cross-entropy is a class's fraction of the images minus its probability", async () => {
  await engine();
  near(classLogitGradients(crossEntropy(), images), counts.map((count) => count / 40 - 1 / 3));
  // softmax(0, 0, ln 2) is (1/4, 1/4, 1/2), for every image.
  const logits = Float32Array.from(labels.flatMap(() => [0, 0, Math.LN2]));
  near(
    classLogitGradients(crossEntropy(), { ...images, logits }),
    [30 / 40 - 0.25, 8 / 40 - 0.25, 2 / 40 - 0.5],
  );
});

Deno.test("classLogitGradients() is 0 for a loss that corrects for class frequency", async () => {
  await engine();
  near(classLogitGradients(balancedSoftmax(counts), images), [0, 0, 0]);
  near(classLogitGradients(logitAdjusted(counts), images), [0, 0, 0]);
  // Weights proportional to 1 / count: beta near 1.
  near(classLogitGradients(classBalancedLoss(counts, { beta: 0.999999 }), images), [0, 0, 0], 1e-4);
});

Deno.test("classLogitGradients() and lossByMargin() leak no tensors", async () => {
  await engine();
  classLogitGradients(focal(), images);
  const before = tf.memory().numTensors;
  classLogitGradients(focal(), images);
  lossByMargin(focal(), [0, 1], { classes: 3, label: 2 });
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("lossByMargin() evaluates the loss at a given margin", async () => {
  await engine();
  const margins = [-3, 0, 2];
  const probability = margins.map((m) => Math.exp(m) / (Math.exp(m) + 2));
  near(
    lossByMargin(crossEntropy(), margins, { classes: 3, label: 1 }),
    probability.map((p) => -Math.log(p)),
    1e-5,
  );
  near(
    lossByMargin(focal({ gamma: 2 }), margins, { classes: 3, label: 1 }),
    probability.map((p) => -((1 - p) ** 2) * Math.log(p)),
    1e-5,
  );
});

Deno.test("classLogitGradients() and lossByMargin() throw on mismatched arguments", async () => {
  await engine();
  assertThrows(
    () => classLogitGradients(crossEntropy(), { labels: [], classes: 3 }),
    RangeError,
    "found none",
  );
  assertThrows(
    () => classLogitGradients(crossEntropy(), { ...images, logits: new Float32Array(5) }),
    RangeError,
    "logits [40, 3] but found 5 numbers",
  );
  assertThrows(
    () => lossByMargin(crossEntropy(), [0], { classes: 3, label: 3 }),
    RangeError,
    "integers from 0 to 2, but found 3 at position 0",
  );
});

/**
 * Label smoothing against PyTorch's, alone and in recipes.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../lib/core/errors.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { balancedSoftmax, crossEntropy, logitAdjusted, type Loss } from "../../lib/losses/mod.ts";
import { recipe } from "../../lib/recipes/mod.ts";
import { testOnBackends } from "../backends.ts";
import golden from "../golden/settings.json" with { type: "json" };
import { assertClose } from "../train/close.ts";

for (const run of golden.smoothed) {
  const { smoothing, weights, counts, value, gradient, balanced } = run;
  testOnBackends(`losses with smoothing ${smoothing} agree with PyTorch`, () => {
    const logits = tf.tensor2d(run.logits), labels = tf.tensor1d(run.labels, "int32");
    const loss = crossEntropy({ smoothing, weights: weights ?? undefined });
    assertAlmostEquals(loss(logits, labels).dataSync()[0], value, 1e-5);
    const derivative = tf.grad((z) => loss(z as tf.Tensor2D, labels))(logits);
    assertClose(derivative.dataSync(), gradient, 1e-5);
    for (const adjusted of [balancedSoftmax, logitAdjusted]) {
      const found = adjusted(counts, { smoothing })(logits, labels);
      assertAlmostEquals(found.dataSync()[0], balanced, 1e-4);
    }
  });
}

const [run] = golden.smoothed;
const stagesOf = (tokens: string, smoothing = 0.1) =>
  recipe(`builtin/${tokens}`)
    .stages({ iterations: 10, batch: 8, counts: run.counts, augment: [], smoothing });

testOnBackends("recipes smooth the labels of their first stage's loss, also mixed ones", () => {
  const logits = tf.tensor2d(run.logits), labels = tf.tensor1d(run.labels, "int32");
  const value = (loss: unknown) => (loss as Loss)(logits, labels).dataSync()[0];
  const plain = value(crossEntropy());
  assertAlmostEquals(value(stagesOf("ce")[0].loss), run.value, 1e-5);
  assertAlmostEquals(value(stagesOf("balanced-softmax")[0].loss), run.balanced, 1e-4);
  assertAlmostEquals(value(stagesOf("ce", 0)[0].loss), plain, 1e-6);
  // The classifier of cRT is trained with the method's loss.
  const [features, classifier] = stagesOf("crt");
  assertAlmostEquals(value(features.loss), run.value, 1e-5);
  assertAlmostEquals(value(classifier.loss), plain, 1e-6);
  // Unmixed images have the loss of their labels.
  const whole = tf.ones([8]) as tf.Tensor1D;
  for (const tokens of ["mixup", "remix"]) {
    const [{ mixing }] = stagesOf(tokens);
    assertAlmostEquals(mixing!.loss(logits, labels, labels, whole).dataSync()[0], run.value, 1e-5);
  }
  const [before, after] = stagesOf("ce+drw");
  assertAlmostEquals(value(before.loss), run.value, 1e-5);
  const weighted = value(after.loss);
  assertEquals(Math.abs(weighted - run.value) > 1e-3, true);
  assertEquals(Math.abs(weighted - value(stagesOf("ce+drw", 0)[1].loss)) > 1e-3, true);
}, { only: ["tensorflow", "cpu"] });

Deno.test("losses other than cross-entropy throw on label smoothing", () => {
  for (const tokens of ["focal", "ldam-drw", "seesaw", "bcl", "ride3", "abc-norm+lr"]) {
    assertThrows(() => stagesOf(tokens), UsageError, `recipe builtin/${tokens} without`);
  }
  for (const tokens of ["iif", "iif-smooth", "tsc", "logit-adjust", "ce+ride3"]) stagesOf(tokens);
});

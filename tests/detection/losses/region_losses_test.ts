/**
 * Losses of regions beside PyTorch in double precision, by tests/golden/make_detection.py, and the check vectors of
 * their authors' code.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { tf } from "../../../lib/deps/tfjs.ts";
import { regionCrossEntropy } from "../../../lib/detection/losses/region_cross_entropy.ts";
import { regionEql } from "../../../lib/detection/losses/region_eql.ts";
import type { RegionLoss } from "../../../lib/detection/losses/region_loss.ts";
import { regionSeesaw } from "../../../lib/detection/losses/region_seesaw.ts";
import { testOnBackends } from "../../backends.ts";
import { assertGradients } from "../../finite_difference.ts";
import { formulaTensor } from "../../nn/formula.ts";
import { assertClose } from "../../train/close.ts";
import { golden } from "../golden.ts";

const LOSSES: Readonly<Record<"ce" | "eql" | "seesaw", RegionLoss>> = {
  ce: regionCrossEntropy(5),
  eql: regionEql([0.5, 0.1, 0.02, 0.0008, 0.0002]),
  seesaw: regionSeesaw(5),
};

for (const [name, loss] of Object.entries(LOSSES)) {
  testOnBackends(`${name} of regions has PyTorch's value and gradient`, () => {
    const { value, gradient } = golden.losses[name as keyof typeof LOSSES];
    const logits = formulaTensor(`logits ${name}`, [8, loss.logits], 3);
    const labels = tf.tensor1d([1, 5, 0, 4, 5, 2, 1, 5], "int32");
    const weights = tf.tensor1d([1, 1, 1, 1, 1, 1, 0, 1]);
    const state = { counts: tf.tensor1d([500, 100, 20, 3, 0]) };
    const compute = (z: tf.Tensor) => loss.apply(state, z as tf.Tensor2D, labels, weights).loss;
    assertAlmostEquals(compute(logits).dataSync()[0], value, 1e-5);
    assertClose(tf.grad(compute)(logits).dataSync(), gradient, 1e-5);
    // The factors of Seesaw are constants, so its gradient is not that of its value.
    if (name !== "seesaw") assertGradients(compute, [logits]);
    assertEquals(loss.scores(logits as tf.Tensor2D).shape, [8, 5]);
  });
}

testOnBackends("Seesaw of regions has the losses, counts and scores of its authors' code", () => {
  const logits = tf.tensor2d([[1, 0.5, -0.5, 2, 0], [0.2, -0.3, 1, -1, 1], [0, 2, 0.5, 0.3, 0.1]]);
  const labels = tf.tensor1d([1, 3, 0], "int32"), counts = tf.tensor1d([100, 10, 1]);
  const seesaw = regionSeesaw(3);
  const { loss, state } = seesaw.apply({ counts }, logits, labels, tf.ones([3]));
  assertAlmostEquals(loss.dataSync()[0], 1.9845162538874443 + 0.2839982971558457, 1e-6);
  assertEquals([...(state.counts as tf.Tensor).dataSync()], [101, 11, 1]);
  assertClose(
    seesaw.scores(logits).slice([0, 0], [1, 3]).dataSync(),
    [0.481399, 0.291983, 0.107415],
    1e-5,
  );
  // Padding neither counts nor weighs.
  const padded = seesaw.apply(
    { counts },
    tf.concat([logits, logits]),
    tf.concat([labels, labels]),
    tf.tensor1d([1, 1, 1, 0, 0, 0]),
  );
  assertAlmostEquals(padded.loss.dataSync()[0], loss.dataSync()[0], 1e-6);
  assertEquals([...(padded.state.counts as tf.Tensor).dataSync()], [101, 11, 1]);
});

testOnBackends("EQL of regions has the value of its authors' code", () => {
  const logits = tf.tensor2d([[1, -2, 0.5], [0.3, 0.1, -0.4]]);
  const labels = tf.tensor1d([0, 3], "int32");
  const { apply, bias } = regionEql([0.5, 0.01, 0.0005], { threshold: 0.00177 });
  const { loss } = apply({}, logits, labels, tf.ones([2]));
  assertAlmostEquals(loss.dataSync()[0], 1.275978427751623, 1e-6);
  assertAlmostEquals(bias, -6.9068, 1e-4);
});

testOnBackends("a batch without sampled regions costs nothing", () => {
  for (const loss of Object.values(LOSSES)) {
    const logits = formulaTensor("logits", [2, loss.logits]) as tf.Tensor2D;
    const labels = tf.tensor1d([5, 0], "int32");
    const compute = (z: tf.Tensor) =>
      loss.apply(loss.init(), z as tf.Tensor2D, labels, tf.zeros([2])).loss;
    assertEquals(compute(logits).dataSync()[0], 0);
    assertEquals([...tf.grad(compute)(logits).dataSync()].every((slope) => slope === 0), true);
  }
});

Deno.test("losses of regions refuse options out of their range", () => {
  assertThrows(() => regionEql([0.5, 1.5]), RangeError, "from 0 to 1");
  assertThrows(() => regionEql([0.5], { threshold: -1 }), RangeError, "from 0 to 1");
  assertThrows(() => regionSeesaw(3, { p: -1 }), RangeError, "at least 0");
  assertThrows(() => regionSeesaw(3, { epsilon: 0 }), RangeError, "above 0");
});

/**
 * Sums in chunks beside the sum over all rows at once.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { disposeTree } from "../../../lib/core/tree.ts";
import { tf } from "../../../lib/deps/tfjs.ts";
import { valueAndGradients } from "../../../lib/engine/gradients.ts";
import { chunkedSum } from "../../../lib/engine/ops/mod.ts";
import { traced } from "../../../lib/engine/traced.ts";
import { testOnBackends } from "../../backends.ts";

const ROWS = 7;

/** Σ w · (row · a)² · s over rows, of which only those with w = 1 count. */
function sum(
  { a }: { a: tf.Tensor1D },
  { x, w }: { x: tf.Tensor2D; w: tf.Tensor1D },
  factor: tf.Scalar,
): tf.Scalar {
  return x.mul(a).sum(1).square().mul(w).sum().mul(factor);
}

testOnBackends("chunkedSum() and its gradient equal the sum over all rows", async () => {
  const a = tf.tensor1d([0.5, -1]), factor = tf.scalar(3);
  const x: tf.Tensor2D = tf.range(0, 2 * ROWS).sin().reshape([ROWS, 2]);
  for (const number of [0, 1, 3, 6, 7]) {
    const w = tf.range(0, ROWS).less<tf.Tensor1D>(number).toFloat();
    const count = tf.scalar(number, "int32");
    // Twice the square, so that the gradient that arrives is not 1.
    const run = traced((a: tf.Tensor1D, x: tf.Tensor2D, w: tf.Tensor1D, count: tf.Scalar) => {
      const { loss, gradients } = valueAndGradients(({ a }) => {
        const over = { rows: { x, w }, shared: factor, count, chunk: 3 };
        return { loss: chunkedSum({ a: a as tf.Tensor1D }, over, sum).square().mul<tf.Scalar>(2) };
      }, { a });
      return { loss, gradient: gradients.a };
    });
    const found = await run(a, x, w, count);
    const whole = valueAndGradients(
      ({ a }) => ({ loss: sum({ a: a as tf.Tensor1D }, { x, w }, factor).square().mul(2) }),
      { a },
    );
    assertAlmostEquals(found.loss.dataSync()[0], whole.loss.dataSync()[0], 1e-3);
    const expected = (whole.gradients.a as tf.Tensor).dataSync();
    const gradient = (found.gradient as tf.Tensor).dataSync();
    gradient.forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-3));
    assertEquals(gradient.some((value) => value !== 0), number > 0);
    disposeTree(found);
    run.dispose();
  }
});

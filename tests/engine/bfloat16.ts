/**
 * Numbers for which bfloat16 and float32 are the same, on every processor.
 *
 * Processors differ in which operations they do in bfloat16, in the order of their sums and in what they round
 * between, so a distance measured on one of them is no bound for the next. These tests ask for `precision: "bf16"`
 * or bfloat16 tensors whatever the processor has:
 *
 * - tests/engine/traced_test.ts: all with "in bf16" in their names;
 * - tests/engine/native_test.ts: "bfloat16 tensors are passed on and read as float32".
 *
 * They compute with small integers: bfloat16, of 8 digits, holds integers up to 256 as they are. As long as every sum
 * stays below that, and is divided by powers of 2 alone, nothing is ever rounded and the results are equal. All
 * other tests compute in float32.
 *
 * @module
 */
import { tf } from "../../lib/deps/tfjs.ts";

/**
 * Random integers.
 *
 * @param shape Shape of the tensor.
 * @param most The largest of them; `-most` is the least.
 * @param seed Seed.
 * @param share Share of them that is not made 0.
 * @returns The tensor.
 */
export function smallIntegers(shape: number[], most: number, seed: number, share = 1): tf.Tensor {
  return tf.tidy(() => {
    const integers = tf.randomUniform(shape, -most - 0.5, most + 0.5, "float32", seed).round();
    return integers.mul(tf.randomUniform(shape, 0, 1, "float32", seed + 1).less(share));
  });
}

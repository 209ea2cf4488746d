/**
 * Zero padding.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { execute, isNative } from "../native.ts";
import { customGradient } from "./custom_gradient.ts";

/**
 * Pads each axis with zeros; differentiable.
 *
 * @param x Any shape, float32.
 * @param paddings Number of zeros before and after each axis.
 * @returns The padded tensor.
 * @throws {RangeError} If `paddings` does not have one pair per axis.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * assertEquals([...pad(tf.tensor1d([1, 2]), [[1, 2]]).dataSync()], [0, 1, 2, 0, 0]);
 * ```
 */
export function pad<T extends tf.Tensor>(
  x: T,
  paddings: readonly (readonly [number, number])[],
): T {
  if (paddings.length !== x.rank) {
    throw new RangeError(
      `Expected ${x.rank} pairs of paddings for the shape [${x.shape}] but found ${paddings.length}`,
    );
  }
  if (!isNative()) return tf.pad(x, paddings as [number, number][]);
  return customGradient([x], (x) => {
    const shape = x.shape;
    const sides = tf.tensor2d(paddings as [number, number][], [shape.length, 2], "int32");
    return {
      value: execute("Pad", {}, [x, sides], 1)[0],
      gradient: (dy) =>
        execute("Slice", {}, [
          dy,
          tf.tensor1d(paddings.map(([before]) => before), "int32"),
          tf.tensor1d(shape, "int32"),
        ], 1),
    };
  });
}

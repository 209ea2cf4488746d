/**
 * Check of labels and other indices in a tensor.
 *
 * @module
 */
import { expectLabels } from "../../core/labels.ts";
import type { tf } from "../../deps/tfjs.ts";
import { isTracing } from "../native.ts";

/**
 * Checks a tensor of labels. Operations on labels outside the range return plausible numbers on some backends.
 *
 * The values are read, which is impossible while a function is traced: there only shape and type are checked, and the
 * training loop checks each batch before it becomes a tensor.
 *
 * @param labels Shape `[batch]`, int32, in [0, classes).
 * @param classes Number of classes.
 * @param name What the labels are, for the error message.
 * @throws {TypeError} If they are not int32.
 * @throws {RangeError} If they are not one-dimensional, or one is out of the range; the message names it.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const labels = tf.tensor1d([0, -1], "int32");
 * assertThrows(() => expectLabelTensor(labels, 10), RangeError, "of 10 classes");
 * ```
 */
export function expectLabelTensor(labels: tf.Tensor, classes: number, name = "labels"): void {
  if (labels.rank !== 1) {
    throw new RangeError(`Expected ${name} [batch] but found [${labels.shape}]`);
  }
  if (labels.dtype !== "int32") {
    throw new TypeError(`Expected ${name} to be int32 but found ${labels.dtype}`);
  }
  if (!isTracing()) expectLabels(labels.dataSync(), classes, name);
}

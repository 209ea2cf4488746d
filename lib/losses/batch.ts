/**
 * Check of the batch that a loss gets.
 *
 * @module
 */
import { isTensor } from "../core/tree.ts";
import type { tf } from "../deps/tfjs.ts";
import { expectLabelTensor } from "../engine/ops/mod.ts";

/**
 * Checks logits and labels: without it, a batch of one row would be broadcast to any number of labels, and a label
 * that is no class would count as none.
 *
 * @param logits Shape `[batch, classes]`, float32; at least one row.
 * @param labels Shape `[batch]`, int32, in [0, classes).
 * @param classes Number of classes that the loss was made for; by default as many as logits.
 * @throws {TypeError} If one is not a tensor, or of another data type.
 * @throws {RangeError} If the shapes do not fit, or a label is out of its range, which cannot be checked while a
 * function is traced.
 */
export function expectBatch(
  logits: tf.Tensor2D,
  labels: tf.Tensor1D,
  classes: number | undefined = undefined,
): void {
  expectRows(logits, labels, "logits", classes);
  expectLabelTensor(labels, logits.shape[1]);
}

/**
 * Checks that there is a label for each row.
 *
 * @param values Shape `[rows, columns]`, float32; at least one row.
 * @param labels Shape `[rows]`.
 * @param name What the values are, for the error message.
 * @param columns Number of columns; any by default.
 * @throws {TypeError} If one is not a tensor, or the values are not float32.
 * @throws {RangeError} If the shapes do not fit.
 */
export function expectRows(
  values: tf.Tensor,
  labels: tf.Tensor,
  name: string,
  columns: number | undefined = undefined,
): void {
  if (!isTensor(values) || !isTensor(labels)) {
    throw new TypeError(`Expected ${name} and labels to be tensors but found something else`);
  }
  if (values.dtype !== "float32") {
    throw new TypeError(`Expected ${name} to be float32 but found ${values.dtype}`);
  }
  const [rows] = values.shape;
  const fits = values.rank === 2 && rows > 0 && values.shape[1] === (columns ?? values.shape[1]);
  if (!fits || labels.rank !== 1 || labels.shape[0] !== rows) {
    throw new RangeError(
      `Expected ${name} [batch, ${
        columns ?? "columns"
      }] and labels [batch] of at least one image ` +
        `but found [${values.shape}] and [${labels.shape}]`,
    );
  }
}

/**
 * Sums over rows of which only the first ones count, computed in chunks.
 *
 * @module
 */
import { flattenTensors, type Params, type Tree } from "../../core/tree.ts";
import { tf } from "../../deps/tfjs.ts";
import { valueAndGradients, withOwnTape } from "../gradients.ts";
import { isTracing } from "../native.ts";
import { compileLoop } from "../tensorflow/compiled.ts";
import { currentBackend } from "../tensorflow/current_backend.ts";
import { customGradient } from "./custom_gradient.ts";
import { rows as rowsAt } from "./rows.ts";

type Tensors = Tree<tf.Tensor>;

/** What {@linkcode chunkedSum} sums over. */
export interface Chunks<Rows extends Tensors, Shared extends Tensors> {
  /** Constants whose first axis is that of the rows, `[rows, …]`, float32 or int32. */
  readonly rows: Rows;
  /** Constants that all rows depend on. */
  readonly shared: Shared;
  /** Number of rows that count; the others have to add 0. Scalar, int32. */
  readonly count: tf.Scalar;
  /** Maximum number of rows that are computed at once. */
  readonly chunk: number;
}

/**
 * Computes a sum over rows chunk by chunk, and leaves out the chunks behind the last row that counts. The gradients are
 * computed together with the values, so that the memory of one chunk suffices. In functions for an accelerator, where the
 * number of iterations has to be known, all rows are computed at once.
 *
 * @param inputs Tensors that the sum is differentiable in, float32.
 * @param over The rows.
 * @param sum Maps the inputs, as many rows as a chunk has, and what they share to a scalar; it may use only these and
 * constants.
 * @returns The sum over all rows, a scalar.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const over = { rows: tf.tensor1d([1, 2, 3, 0, 0]), shared: {}, count: tf.scalar(3, "int32"), chunk: 2 };
 * const product = (x: tf.Tensor) => chunkedSum(x, over, (x, rows) => rows.mul(x).sum() as tf.Scalar);
 * const { value, grad } = tf.valueAndGrad(product)(tf.scalar(10));
 * assertEquals([value.dataSync()[0], grad.dataSync()[0]], [60, 6]);
 * ```
 */
export function chunkedSum<Inputs extends Tensors, Rows extends Tensors, Shared extends Tensors>(
  inputs: Inputs,
  { rows, shared, count, chunk: most }: Chunks<Rows, Shared>,
  sum: (inputs: Inputs, rows: Rows, shared: Shared) => tf.Scalar,
): tf.Scalar {
  const tracing = isTracing();
  if (tracing && !currentBackend().binding.recording!.isNestable) return sum(inputs, rows, shared);
  const learnt = flattenTensors(inputs, "the inputs");
  const table = flattenTensors(rows, "the rows"), common = flattenTensors(shared, "the constants");
  const chunk = Math.min(most, table.tensors[0].shape[0]);
  const padded = wholeChunks(table.tensors, chunk), learnts = learnt.tensors.length;

  const body = ([first, last, value, ...rest]: tf.Tensor[]) => {
    const gradients = rest.slice(0, learnts), own = rest.slice(learnts, 2 * learnts);
    const fixed = rest.slice(2 * learnts);
    const indices = first.add(tf.range(0, chunk, 1, "int32")) as tf.Tensor1D;
    const chosen = fixed.slice(0, padded.length).map((x) => rowsAt(x, indices));
    const found = withOwnTape(() =>
      valueAndGradients((params: Params) => ({
        loss: sum(
          learnt.restore(Object.values(params) as tf.Tensor[]),
          table.restore(chosen),
          common.restore(fixed.slice(padded.length)),
        ),
      }), Object.fromEntries(own.entries()))
    );
    return [
      first.add(tf.scalar(chunk, "int32")),
      last,
      value.add(found.loss),
      ...gradients.map((gradient, i) => gradient.add(found.gradients[i] as tf.Tensor)),
      ...own,
      ...fixed,
    ];
  };
  const condition = ([first, last]: tf.Tensor[]) => first.less(last);

  return customGradient(learnt.tensors, (...own) => {
    const zeros = own.map((x) => tf.zerosLike(x));
    const start = [tf.scalar(0, "int32"), count, tf.scalar(0), ...zeros, ...own];
    const [, , value, ...rest] = (tracing ? recorded : repeated)(
      [...start, ...padded, ...common.tensors],
      condition,
      body,
    );
    return {
      value,
      saved: rest.slice(0, learnts),
      gradient: (dy, gradients) => gradients.map((gradient) => gradient.mul(dy)),
    };
  });
}

/** Pads rows with zeros to a multiple of the chunk's. */
function wholeChunks(rows: readonly tf.Tensor[], chunk: number): tf.Tensor[] {
  return rows.map((x) => {
    const missing = (chunk - x.shape[0] % chunk) % chunk;
    const sides = x.shape.map((_, axis): [number, number] => [0, axis === 0 ? missing : 0]);
    return missing === 0 ? x : x.pad(sides);
  });
}

type Loop = (
  start: tf.Tensor[],
  condition: (inputs: tf.Tensor[]) => tf.Tensor,
  body: (inputs: tf.Tensor[]) => tf.Tensor[],
) => tf.Tensor[];

const recorded: Loop = (...loop) => compileLoop("chunked_sum", ...loop);

/** Repeats a function of tensors that have values. */
const repeated: Loop = (start, condition, body) => {
  let inputs = start;
  while (condition(inputs).dataSync()[0]) inputs = body(inputs);
  return inputs;
};

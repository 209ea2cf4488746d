/**
 * Profiling of traced functions by operation.
 *
 * @module
 */
import { PROGRAM } from "../core/program.ts";
import { flattenTensors, type Tree } from "../core/tree.ts";
import { EngineError } from "../core/errors.ts";
import type { tf } from "../deps/tfjs.ts";
import { isNative } from "./native.ts";
import { timeProgram } from "./pjrt/time_program.ts";
import { type CompileOptions, timeOperations } from "./tensorflow/compiled.ts";
import { currentBackend } from "./tensorflow/current_backend.ts";

/** Total over all calls of one operation with one data type and shape. */
export interface OperationProfile {
  /** Name of the operation that ran, after TensorFlow's graph optimisation. */
  readonly operation: string;
  /** Data type of its first output. */
  readonly dtype: string;
  /** Shape of its first output. */
  readonly shape: readonly number[];
  /** Number of calls in one run. */
  readonly calls: number;
  /** Milliseconds of all these calls; concurrent operations each count in full. */
  readonly milliseconds: number;
  /** Fraction of the time of all operations, in [0, 1]. */
  readonly share: number;
}

/** Options of {@linkcode profile}. */
export interface ProfileOptions<
  Inputs extends readonly Tree<tf.Tensor>[] = readonly Tree<tf.Tensor>[],
> extends CompileOptions {
  /**
   * Number of runs; only the last is timed.
   *
   * @default {3}
   */
  runs?: number;
  /**
   * Indices of the arguments that a training keeps on the device. On an accelerator, the copies of the others count.
   *
   * @default {none}
   */
  stays?: readonly number[];
  /**
   * Selects the tensors of which each of several devices gets a part of the rows, as for `traced()`.
   *
   * @default {none}
   */
  shards?: (inputs: Inputs) => readonly tf.Tensor[];
}

/**
 * Times the operations of a function as {@linkcode traced} would run it. Requires libtensorflow. On an accelerator, the
 * whole program counts as one operation, and every copy of an argument to the device as another.
 *
 * @param fn A pure function from trees of tensors to a tree of tensors.
 * @param inputs Arguments of the function.
 * @param options Precision, number of runs.
 * @returns Operations by descending time.
 * @throws {EngineError} If the function cannot be recorded, and on the fallback backends, which cannot time operations.
 *
 * @example
 * ```ts
 * import { engine, profile, tf } from "@nbn/toolkit/engine";
 *
 * const { backend } = await engine();
 * if (backend === "tensorflow") {
 *   const rows = await profile((x: tf.Tensor2D) => tf.matMul(x, x), [tf.eye(64)]);
 *   console.log(rows[0].operation, rows[0].milliseconds);
 * }
 * ```
 */
export async function profile<Inputs extends readonly Tree<tf.Tensor>[]>(
  fn: (...inputs: Inputs) => Tree<tf.Tensor>,
  inputs: Inputs,
  { runs = 3, stays = [], shards, ...options }: ProfileOptions<NoInfer<Inputs>> = {},
): Promise<OperationProfile[]> {
  if (!isNative()) {
    throw new EngineError(
      `Expected the tensorflow backend, which can time operations: run "${PROGRAM} setup" first`,
    );
  }
  const { tensors, restore } = flattenTensors(inputs, "the inputs");
  const flat = (symbols: tf.Tensor[]) =>
    flattenTensors(fn(...restore(symbols)), "the output").tensors;
  const { accelerator } = currentBackend();
  const copied = inputs.flatMap((input, i) =>
    stays.includes(i) ? [] : flattenTensors(input, "the inputs").tensors
  );
  const sharded = (shards?.(inputs) ?? []).map((tensor) => tensors.indexOf(tensor));
  const times = accelerator
    ? await timeProgram(accelerator, tensors, copied, flat, { ...options, sharded }, runs)
    : timeOperations(tensors, flat, options, runs);
  const total = times.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const rows = new Map<string, OperationProfile>();
  for (const { operation, dtype, shape, milliseconds } of times) {
    const key = `${operation} ${dtype} ${shape}`;
    const sum = (rows.get(key)?.milliseconds ?? 0) + milliseconds;
    const calls = (rows.get(key)?.calls ?? 0) + 1;
    rows.set(key, { operation, dtype, shape, calls, milliseconds: sum, share: sum / total });
  }
  return [...rows.values()].sort((a, b) => b.milliseconds - a.milliseconds);
}

/**
 * Where the time of a traced function goes, by operation.
 *
 * @module
 */
import { putTogether, takeApart, type Tree } from "../core/pytree.ts";
import { EngineError } from "../core/errors.ts";
import { isNative } from "./native.ts";
import { type CompileOptions, timeOperations } from "./tensorflow/compiled.ts";

/** All calls of one operation with one data type and shape. */
export interface OperationProfile {
  /** The operation as TensorFlow ran it, after its own rewriting. */
  readonly operation: string;
  /** Data type of its first output. */
  readonly dtype: string;
  /** Shape of its first output. */
  readonly shape: readonly number[];
  /** Number of calls in one run. */
  readonly calls: number;
  /** Milliseconds of all these calls; operations that run at the same time count both. */
  readonly milliseconds: number;
  /** Share of the time of all operations, from 0 to 1. */
  readonly share: number;
}

/** Options of {@linkcode profile}. */
export interface ProfileOptions extends CompileOptions {
  /**
   * Runs, the last of them timed.
   *
   * @default {3}
   */
  runs?: number;
}

/**
 * Times the operations of a function as {@linkcode traced} would run it. Needs libtensorflow.
 *
 * @param fn A pure function from trees of tensors to a tree of tensors.
 * @param inputs What it is called with.
 * @param options Precision, runs.
 * @returns Operations by falling time.
 * @throws {EngineError} On the fallback backends, which cannot tell.
 *
 * @example
 * ```ts
 * import { tf } from "../deps/tfjs.ts";
 * import { engine } from "./engine.ts";
 *
 * const { backend } = await engine();
 * if (backend === "tensorflow") {
 *   const rows = profile((x: tf.Tensor2D) => tf.matMul(x, x), [tf.ones([64, 64]) as tf.Tensor2D]);
 *   console.log(rows[0].operation, rows[0].milliseconds);
 * }
 * ```
 */
export function profile<Inputs extends readonly Tree[]>(
  fn: (...inputs: Inputs) => Tree,
  inputs: Inputs,
  { runs = 3, ...options }: ProfileOptions = {},
): OperationProfile[] {
  if (!isNative()) {
    throw new EngineError(
      "Expected the tensorflow backend, which can time operations: run `deno task setup` first",
    );
  }
  const { tensors, structure } = takeApart(inputs as readonly Tree[], "the inputs");
  const times = timeOperations(
    tensors,
    (symbols) =>
      takeApart(fn(...putTogether(structure, symbols) as unknown as Inputs), "the output").tensors,
    options,
    runs,
  );
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

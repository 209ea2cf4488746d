/**
 * Traced functions: a computation recorded once and run as a single TensorFlow function.
 *
 * @module
 */
import { type FlatTensors, flattenTensors, type Tree } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { isTapeOn } from "./gradients.ts";
import { isNative } from "./native.ts";
import { compileProgram, type ProgramOptions } from "./pjrt/compile_program.ts";
import type { TensorflowBackend } from "./tensorflow/backend.ts";
import {
  compile,
  type Compiled,
  compileNested,
  type CompileOptions,
} from "./tensorflow/compiled.ts";
import { currentBackend } from "./tensorflow/current_backend.ts";

/** Options of {@linkcode traced}. */
export interface TracedOptions<
  Inputs extends readonly Tree<tf.Tensor>[] = readonly Tree<tf.Tensor>[],
> extends CompileOptions {
  /**
   * Name in error messages and profiles.
   *
   * @default {"traced"}
   */
  name?: string;
  /**
   * Indices of the arguments whose tensors the caller only disposes after a call. An accelerator may use their memory for
   * the output, for instance of the parameters before a step for those after it; reading one of them afterwards throws
   * an `EngineError`. Without effect elsewhere.
   *
   * @default {none}
   */
  donates?: readonly number[];
  /**
   * Selects the tensors, of rows of images, of which each of several devices gets an equal part; it must be possible to
   * divide their rows so. The devices compute the function together, with the output that one would have. Without effect
   * elsewhere.
   *
   * @default {none: every device computes all}
   */
  shards?: (inputs: Inputs) => readonly tf.Tensor[];
}

/** A function that is traced once for each set of input shapes. */
export interface Traced<Inputs extends readonly Tree<tf.Tensor>[], Output extends Tree<tf.Tensor>> {
  /**
   * Runs the function.
   *
   * @param inputs Trees of tensors; the caller keeps ownership.
   * @returns The output; the caller owns its tensors. On libtensorflow the event loop is not blocked.
   */
  (...inputs: Inputs): Promise<Output>;
  /**
   * Calls the function from within another traced function, where it is recorded once for each set of input shapes
   * as a separate function with its own compiler options. Outside a trace, and while gradients are recorded, it
   * runs inline.
   *
   * @param inputs Trees of tensors.
   * @returns The output; its tensors belong to the enclosing scope.
   */
  nested(...inputs: Inputs): Output;
  /** Number of times the function was traced. */
  readonly traces: number;
  /** Frees the recorded functions. */
  dispose(): void;
}

/** Calls a nested function. */
type NestedCall = ReturnType<typeof compileNested>;

/** Records a function from lists to lists of tensors: {@linkcode compile} or {@linkcode compileNested}. */
type Compiler<T> = (...args: Parameters<typeof compile>) => T;

/** The compiler of functions that are not nested: TensorFlow's, or that of the accelerator. */
function compilerOf(
  { accelerator }: TensorflowBackend,
  places: Pick<ProgramOptions, "donated" | "sharded">,
) {
  if (!accelerator) return compile;
  return (...[name, tensors, fn, options]: Parameters<typeof compile>) =>
    compileProgram(accelerator, name, tensors, fn, { ...options, ...places });
}

/** Returns the indices of the tensors of some arguments among those of all. */
function indicesWithin(
  inputs: readonly Tree<tf.Tensor>[],
  donates: readonly number[],
): number[] {
  let next = 0;
  return inputs.flatMap((input, argument) => {
    const own = flattenTensors(input, "the inputs").tensors.map(() => next++);
    return donates.includes(argument) ? own : [];
  });
}

/** A recorded function, and how its output is built from the list of its tensors. */
interface Recording<T, Output> {
  readonly compiled: T;
  readonly restore: FlatTensors<Output>["restore"];
}

/**
 * Wraps a function to run as a single TensorFlow function, several times faster than operation by operation.
 *
 * The first call with new input shapes traces it: `fn` runs once with symbolic tensors, which support every tensor
 * operation, but not `dataSync`. Values from the enclosing scope are fixed at that time: tensors are captured, numbers
 * become constants. On an accelerator, the inputs are copied to its memory once and the outputs stay there until they are
 * read. On backends other than libtensorflow, `fn` runs eagerly on each call.
 *
 * @param fn A pure function from trees of tensors to a tree of tensors.
 * @param options Name, precision, compiler.
 * @returns The traced function.
 * @throws {TypeError} When called, if an input or the output contains anything but tensors.
 * @throws {EngineError} When called, if an operation fails; with TensorFlow's message.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf, traced } from "@nbn/toolkit/engine";
 *
 * await engine();
 * const step = traced((state: { x: tf.Tensor }, rate: tf.Tensor) => ({ x: state.x.sub(state.x.mul(rate)) }));
 * const { x } = await step({ x: tf.tensor1d([1, 2]) }, tf.scalar(0.5));
 * assertEquals([...x.dataSync()], [0.5, 1]);
 * step.dispose();
 * ```
 */
export function traced<Inputs extends readonly Tree<tf.Tensor>[], Output extends Tree<tf.Tensor>>(
  fn: (...inputs: Inputs) => Output,
  options: TracedOptions<NoInfer<Inputs>> = {},
): Traced<Inputs, Output> {
  const name = options.name ?? "traced";
  const recordings = new Map<string, Recording<Compiled, Output>>();
  let traces = 0;

  /** Records `fn` with `compiler`, adapted to a function from lists to lists. */
  const record = <T>(inputs: FlatTensors<Inputs>, compiler: Compiler<T>): Recording<T, Output> => {
    let output!: FlatTensors<Output>;
    const compiled = compiler(name, inputs.tensors, (symbols) => {
      output = flattenTensors(fn(...inputs.restore(symbols)), "the output");
      return output.tensors;
    }, options);
    return { compiled, restore: output.restore };
  };

  const run = async (...inputs: Inputs): Promise<Output> => {
    const flat = flattenTensors(inputs, "the inputs"), { tensors } = flat;
    if (!isNative()) return runEagerly(fn, inputs, tensors);
    const backend = currentBackend();
    const key = keyOf(flat);
    let recording = recordings.get(key);
    if (!recording) {
      const donated = indicesWithin(inputs, options.donates ?? []);
      const sharded = (options.shards?.(inputs) ?? []).map((x) => tensors.indexOf(x));
      recordings.set(key, recording = record(flat, compilerOf(backend, { donated, sharded })));
      traces++;
    }
    const results = await recording.compiled.run(tensors);
    return recording.restore(results.map((result) => backend.tensor(result)));
  };

  const within = new WeakMap<object, Map<string, Recording<NestedCall, Output>>>();
  const nested = (...inputs: Inputs): Output => {
    // Gradients cannot pass through a nested function.
    const around = isNative() && !isTapeOn() &&
      currentBackend().binding.recording;
    if (!around || !around.isNestable) return fn(...inputs);
    const flat = flattenTensors(inputs, "the inputs");
    if (!within.has(around)) within.set(around, new Map());
    const known = within.get(around)!, key = keyOf(flat);
    let recording = known.get(key);
    if (!recording) known.set(key, recording = record(flat, compileNested));
    return recording.restore(recording.compiled(flat.tensors));
  };

  return Object.defineProperty(
    Object.assign(run, {
      nested,
      dispose() {
        for (const { compiled } of recordings.values()) compiled.dispose();
        recordings.clear();
      },
    }),
    "traces",
    { get: () => traces },
  ) as Traced<Inputs, Output>;
}

/** Cache key of a recording: types, shapes and structure of the inputs. */
function keyOf({ tensors, structure }: FlatTensors<unknown>): string {
  return tensors.map(({ dtype, shape }) => `${dtype}${shape}`).join(";") +
    JSON.stringify(structure);
}

/** Runs `fn` eagerly under the same contract: outputs are new tensors, even if `fn` returns its inputs. */
function runEagerly<Inputs extends readonly Tree<tf.Tensor>[], Output extends Tree<tf.Tensor>>(
  fn: (...inputs: Inputs) => Output,
  inputs: Inputs,
  tensors: readonly tf.Tensor[],
): Output {
  const taken = new Set(tensors);
  let output!: FlatTensors<Output>;
  const results = tf.tidy(() => {
    output = flattenTensors(fn(...inputs), "the output");
    return output.tensors.map((tensor) => {
      if (taken.has(tensor)) return tensor.clone();
      taken.add(tensor);
      return tensor;
    });
  });
  // Outside a caller's tidy the results live until disposed, like those of a traced call.
  return output.restore(results);
}

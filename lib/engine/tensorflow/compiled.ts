/**
 * Recording functions and running them.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import type { Precision } from "../precision.ts";
import { mayUseBfloat16 } from "../processor.ts";
import { functionConfig } from "./config.ts";
import type { Metadata } from "./executor.ts";
import { isLarge } from "./fusible.ts";
import type { Recorder } from "./recorder.ts";
import type { NodeTime } from "./step_stats.ts";
import { cString, utf8 } from "./library.ts";
import { currentBackend } from "./current_backend.ts";

/** Compilation options of a recorded function. */
export interface CompileOptions {
  /**
   * `"bf16"` lets TensorFlow store activations and convolution operands in bfloat16; inputs, outputs and
   * numerically sensitive operations stay float32.
   *
   * @default {"float32"}
   */
  precision?: Precision;
  /**
   * Whether XLA compiles the whole function: slower on CPUs but for large element-wise functions.
   * `"large"` compiles it only if an input is large enough to repay the compilation time.
   *
   * @default {false}
   */
  xla?: boolean | "large";
}

/** A recorded function. */
export interface Compiled {
  /**
   * Runs the function without blocking the event loop.
   *
   * @param inputs The input tensors.
   * @returns The outputs.
   */
  run(inputs: readonly tf.Tensor[]): Promise<Metadata[]>;
  /** Frees the function. */
  dispose(): void;
}

let functions = 0;

/**
 * Records a function.
 *
 * @param name Name in error messages and profiles.
 * @param inputs Real tensors; the symbolic tensors have their shapes and types.
 * @param fn Maps one symbolic tensor per input to the outputs.
 * @param options Precision and compiler.
 * @returns The function, ready to run.
 * @throws {EngineError} If an operation cannot be recorded.
 */
export function compile(
  name: string,
  inputs: readonly tf.Tensor[],
  fn: (symbols: tf.Tensor[]) => tf.Tensor[],
  options: CompileOptions,
): Compiled {
  const backend = currentBackend();
  const { binding } = backend;
  const { core, framework } = binding.library;
  const precision = precisionOf(options);
  const unique = `${name}_${functions++}`;
  const xla = isCompiled(options.xla ?? false, inputs);
  const { count, captured, names } = recorded(
    inputs,
    fn,
    precision === "bf16",
    (recorder, _, results) => ({
      count: results.length,
      captured: recorder.finish(unique, results),
      names: [unique, ...recorder.functions],
    }),
  );

  return {
    async run(inputs) {
      const ids = backend.ids(inputs);
      const status = framework.TF_NewStatus();
      const op = core.TFE_NewOp(binding.eager.context, cString(unique), status);
      const described = () => `${name}(${ids.length} inputs)`;
      const results = new BigUint64Array(Math.max(count, 1));
      const number = Int32Array.of(count);
      try {
        binding.library.check(described, status);
        for (const id of ids) core.TFE_OpAddInput(op, binding.eager.handle(id), status);
        for (const handle of captured) core.TFE_OpAddInput(op, handle, status);
        const config = functionConfig(precision);
        core.TFE_OpSetAttrString(op, cString("config_proto"), config, BigInt(config.length));
        if (xla) core.TFE_OpSetAttrBool(op, cString("_XlaMustCompile"), 1);
        binding.library.check(described, status);
        await core.TFE_ExecuteOffThread(op, results, number, status);
        binding.library.check(described, status);
      } finally {
        core.TFE_DeleteOp(op);
        framework.TF_DeleteStatus(status);
      }
      return Array.from(
        results.subarray(0, count),
        (handle) => binding.eager.adopt(Deno.UnsafePointer.create(handle)!),
      );
    },
    dispose() {
      const { status } = binding.library;
      for (const name of names.splice(0)) {
        core.TFE_ContextRemoveFunction(binding.eager.context, utf8(`${name}\0`), status);
      }
      for (const handle of captured.splice(0)) core.TFE_DeleteTensorHandle(handle);
    },
  };
}

/**
 * Records a function nested in the current recording.
 *
 * @param name Name in error messages and profiles.
 * @param inputs Tensors of that recording, or real ones; the symbolic tensors have their shapes and types.
 * @param fn Maps one symbolic tensor per input to the outputs.
 * @param options Compiler; the precision is that of the enclosing recording.
 * @returns A function that calls it in that recording, with inputs of the same shapes.
 * @throws {EngineError} If an operation cannot be recorded.
 */
export function compileNested(
  name: string,
  inputs: readonly tf.Tensor[],
  fn: (symbols: tf.Tensor[]) => tf.Tensor[],
  { xla = false }: CompileOptions,
): (inputs: readonly tf.Tensor[]) => tf.Tensor[] {
  const backend = currentBackend();
  const { bfloat16 } = backend.binding.recording!;
  const nested = recorded(
    inputs,
    fn,
    bfloat16,
    (recorder, _, results) => recorder.finishNested(`${name}_${functions++}`, results),
  );
  return (inputs) =>
    backend.binding.recording!
      .call(nested, backend.ids(inputs), isCompiled(xla, inputs))
      .map((metadata) => backend.tensor(metadata));
}

/**
 * Records a loop in the current recording.
 *
 * @param name Name in error messages and profiles.
 * @param start Tensors of that recording: the inputs of the first iteration.
 * @param condition Maps the inputs of an iteration to a bool, whether it is to run.
 * @param body Maps them to those of the next iteration, of the same shapes and types. Like `condition`, it may use only
 * its inputs and constants.
 * @returns The inputs of the iteration that is not run.
 * @throws {EngineError} If an operation cannot be recorded, or a tensor is used that is not an input.
 */
export function compileLoop(
  name: string,
  start: readonly tf.Tensor[],
  condition: (inputs: tf.Tensor[]) => tf.Tensor,
  body: (inputs: tf.Tensor[]) => tf.Tensor[],
): tf.Tensor[] {
  const backend = currentBackend(), recording = backend.binding.recording!;
  const nested = (fn: (inputs: tf.Tensor[]) => tf.Tensor[]) =>
    recorded(
      start,
      fn,
      recording.bfloat16,
      (recorder, _, results) => recorder.finishNested(`${name}_${functions++}`, results),
    );
  return recording
    .loop(nested((inputs) => [condition(inputs)]), nested(body), backend.ids(start))
    .map((metadata) => backend.tensor(metadata));
}

/** Returns the requested precision, or float32 if bfloat16 must not be used. */
function precisionOf({ precision }: CompileOptions): CompileOptions["precision"] {
  return mayUseBfloat16() ? precision : "float32";
}

/** Whether XLA compiles a function of these inputs. */
function isCompiled(xla: boolean | "large", inputs: readonly tf.Tensor[]): boolean {
  return xla === "large" ? inputs.some(({ shape }) => isLarge(shape)) : xla;
}

/**
 * Records a function and times its operations, as run after TensorFlow's graph optimisation.
 *
 * @param inputs Real tensors.
 * @param fn Maps one symbolic tensor per input to the outputs.
 * @param options Precision.
 * @param runs Number of runs; only the last is timed.
 * @returns The operations of the last run.
 * @throws {EngineError} If an operation cannot be recorded or run.
 */
export function timeOperations(
  inputs: readonly tf.Tensor[],
  fn: (symbols: tf.Tensor[]) => tf.Tensor[],
  options: CompileOptions,
  runs: number,
): NodeTime[] {
  const precision = precisionOf(options);
  return recorded(
    inputs,
    fn,
    precision === "bf16",
    (recorder, ids, results) => recorder.time(ids, results, functionConfig(precision), runs),
  );
}

/**
 * Records a function.
 *
 * @param inputs Tensors from outside; the symbolic tensors have their shapes and types.
 * @param fn Maps one symbolic tensor per input to the outputs.
 * @param bfloat16 Whether TensorFlow will store activations in bfloat16.
 * @param finish Called with the recorder and the ids of inputs and outputs while these are alive.
 * @returns The result of `finish`.
 */
function recorded<Result>(
  inputs: readonly tf.Tensor[],
  fn: (symbols: tf.Tensor[]) => tf.Tensor[],
  bfloat16: boolean,
  finish: (recorder: Recorder, inputs: number[], results: number[]) => Result,
): Result {
  const backend = currentBackend();
  const ids = backend.ids(inputs);
  return backend.binding.record({ bfloat16 }, (recorder) => {
    let result!: Result;
    tf.tidy(() => {
      const outputs = fn(ids.map((id) => backend.tensor(recorder.input(id))));
      result = finish(recorder, ids, backend.ids(outputs));
    });
    return result;
  });
}

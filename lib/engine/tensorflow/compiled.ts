/**
 * One recorded function, ready to run.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import type { TensorflowBackend } from "./backend.ts";
import type { Metadata } from "./executor.ts";
import type { NodeTime } from "./step_stats.ts";
import { cString, utf8 } from "./library.ts";

/** How a recorded function is compiled. */
export interface CompileOptions {
  /**
   * `"bf16"` lets TensorFlow store activations and convolution operands in bfloat16; inputs, outputs
   * and everything that needs the range stays float32.
   *
   * @default {"float32"}
   */
  precision?: "float32" | "bf16";
  /**
   * Whether XLA compiles it: faster on GPUs, slower on processors.
   *
   * @default {false}
   */
  xla?: boolean;
}

/** A recorded function. */
export interface Compiled {
  /**
   * Runs it off the event loop.
   *
   * @param ids Numbers of the inputs.
   * @returns The outputs.
   */
  run(ids: readonly number[]): Promise<Metadata[]>;
  /** Frees it. */
  dispose(): void;
}

/**
 * A serialised `ConfigProto`: `graph_options.rewrite_options.auto_mixed_precision_onednn_bfloat16 = ON`
 * (fields 10, 10, 31).
 */
const BFLOAT16_CONFIG = Uint8Array.of(0x52, 5, 0x52, 3, 0xf8, 0x01, 1);

/** The serialised `ConfigProto` for a precision. */
function configOf({ precision }: CompileOptions): Uint8Array<ArrayBuffer> {
  return precision === "bf16" ? BFLOAT16_CONFIG : new Uint8Array(0);
}

let functions = 0;

/**
 * Records a function.
 *
 * @param name Name for messages and profiles.
 * @param inputs Real tensors, whose shapes and types the symbolic ones get.
 * @param fn Gets one symbolic tensor for each input, returns the outputs.
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
  const backend = tf.backend() as unknown as TensorflowBackend;
  const { binding } = backend;
  const { core, framework } = binding.library;
  const unique = `${name}_${functions++}`;
  const inputIds = backend.ids(inputs);
  let count = 0;
  let captured: Deno.PointerObject[] = [];
  binding.record((recorder) =>
    tf.tidy(() => {
      const outputs = fn(inputIds.map((id) => backend.tensor(recorder.input(id))));
      count = outputs.length;
      captured = recorder.finish(unique, backend.ids(outputs));
    })
  );

  return {
    async run(ids) {
      const status = framework.TF_NewStatus();
      const op = core.TFE_NewOp(binding.eager.context, cString(unique), status);
      const described = () => `${name}(${ids.length} inputs)`;
      const results = new BigUint64Array(Math.max(count, 1));
      const number = Int32Array.of(count);
      try {
        binding.library.check(described, status);
        for (const id of ids) core.TFE_OpAddInput(op, binding.eager.handle(id), status);
        for (const handle of captured) core.TFE_OpAddInput(op, handle, status);
        const config = configOf(options);
        core.TFE_OpSetAttrString(op, cString("config_proto"), config, BigInt(config.length));
        if (options.xla) core.TFE_OpSetAttrBool(op, cString("_XlaMustCompile"), 1);
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
      core.TFE_ContextRemoveFunction(binding.eager.context, utf8(`${unique}\0`), status);
      for (const handle of captured.splice(0)) core.TFE_DeleteTensorHandle(handle);
    },
  };
}

/**
 * Records a function and times its operations, as TensorFlow runs them once it has rewritten the graph.
 *
 * @param inputs Real tensors.
 * @param fn Gets one symbolic tensor for each input, returns the outputs.
 * @param options Precision.
 * @param runs Number of runs, the last of them timed.
 * @returns The operations of the last run.
 * @throws {EngineError} If an operation cannot be recorded or run.
 */
export function timeOperations(
  inputs: readonly tf.Tensor[],
  fn: (symbols: tf.Tensor[]) => tf.Tensor[],
  options: CompileOptions,
  runs: number,
): NodeTime[] {
  const backend = tf.backend() as unknown as TensorflowBackend;
  const ids = backend.ids(inputs);
  let times: NodeTime[] = [];
  backend.binding.record((recorder) =>
    tf.tidy(() => {
      const outputs = fn(ids.map((id) => backend.tensor(recorder.input(id))));
      times = recorder.time(ids, backend.ids(outputs), configOf(options), runs);
    })
  );
  return times;
}

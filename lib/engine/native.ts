/**
 * Any TensorFlow operation, by name: what the differentiable operations are built from.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";
import { backendName } from "./graph/capture.ts";
import type { TensorflowBackend } from "./tensorflow/backend.ts";
import type { Attributes } from "./tensorflow/attributes.ts";

export type { Attributes };

/** Name under which the libtensorflow backend is registered with TensorFlow.js. */
export const NATIVE_BACKEND = "tensorflow";

/**
 * Whether operations run on libtensorflow right now, so that {@linkcode execute} works.
 *
 * @returns `false` on the WebAssembly and plain CPU backends.
 */
export function isNative(): boolean {
  return backendName() === NATIVE_BACKEND;
}

/**
 * Whether what runs right now is being recorded for `precision: "bf16"`: TensorFlow will store activations and
 * the operands of convolutions in bfloat16, for which some operations are faster done otherwise.
 *
 * @returns `false` wherever numbers stay float32.
 */
export function isBfloat16(): boolean {
  return isNative() &&
    (tf.backend() as unknown as TensorflowBackend).binding.recording?.bfloat16 === true;
}

/**
 * Runs one TensorFlow operation, or records it while a step is being traced.
 *
 * No gradient is recorded: wrap it in `tf.customGrad`.
 *
 * @param operation Name as TensorFlow registers it, for instance `"FusedBatchNormV3"`.
 * @param attributes Attributes that do not follow from the inputs and differ from their defaults.
 * @param inputs Input tensors in the operation's order, lists laid out one after another.
 * @param outputs Number of outputs.
 * @returns The outputs; each is float32 to TensorFlow.js when it is float32 or bfloat16 to TensorFlow.
 * @throws {EngineError} TensorFlow's message, with the operation and the shapes of its inputs.
 */
export function execute(
  operation: string,
  attributes: Attributes,
  inputs: readonly tf.Tensor[],
  outputs: number,
): tf.Tensor[] {
  return (tf.backend() as unknown as TensorflowBackend).execute(
    operation,
    attributes,
    inputs,
    outputs,
  );
}

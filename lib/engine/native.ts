/**
 * Calls of TensorFlow operations by name, from which the differentiable operations are built.
 *
 * @module
 */
import type { tf } from "../deps/tfjs.ts";
import { backendName } from "./graph/capture.ts";
import type { Attributes } from "./tensorflow/attributes.ts";
import { currentBackend } from "./tensorflow/current_backend.ts";

export type { Attributes };

/** Name under which the libtensorflow backend is registered with TensorFlow.js. */
export const NATIVE_BACKEND = "tensorflow";

/**
 * Whether operations currently run on libtensorflow, as {@linkcode execute} requires.
 *
 * @returns `false` on the WebAssembly and plain CPU backends.
 */
export function isNative(): boolean {
  return backendName() === NATIVE_BACKEND;
}

/**
 * Whether a function is being traced: its tensors are symbols without values.
 *
 * @returns `false` where every tensor has values.
 */
export function isTracing(): boolean {
  return isNative() &&
    currentBackend().binding.recording !== undefined;
}

/**
 * Whether a function is being traced for an accelerator, which runs it as one program.
 *
 * @returns `false` where TensorFlow runs it.
 */
export function isForAccelerator(): boolean {
  return isTracing() && !currentBackend().binding.recording!.isNestable;
}

/**
 * Whether a function is being traced for `precision: "bf16"`: TensorFlow will store activations and the operands of
 * convolutions in bfloat16, for which some operations have faster implementations.
 *
 * @returns `false` if all values stay float32.
 */
export function isBfloat16(): boolean {
  return isNative() &&
    currentBackend().binding.recording?.bfloat16 === true;
}

/**
 * Runs one TensorFlow operation, or records it while a function is being traced.
 *
 * Not differentiable by itself: wrap it in `tf.customGrad`.
 *
 * @param operation Name as TensorFlow registers it, for instance `"FusedBatchNormV3"`.
 * @param attributes Attributes that cannot be inferred from the inputs and differ from their defaults.
 * @param inputs Input tensors in the operation's order; list arguments are flattened.
 * @param outputs Number of outputs.
 * @returns The outputs; TensorFlow.js sees TensorFlow's bfloat16 as float32 and its int64, which can be passed to other
 * operations but not read, as int32.
 * @throws {EngineError} With TensorFlow's message, the operation and the shapes of its inputs.
 */
export function execute(
  operation: string,
  attributes: Attributes,
  inputs: readonly tf.Tensor[],
  outputs: number,
): tf.Tensor[] {
  return currentBackend().execute(
    operation,
    attributes,
    inputs,
    outputs,
  );
}

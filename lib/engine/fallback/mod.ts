/**
 * Fallback backends for machines without libtensorflow: WebAssembly and plain JavaScript.
 *
 * @module
 */
import { EngineError } from "../../core/errors.ts";
import { tf } from "../../deps/tfjs.ts";
import { wasmKernels } from "../../deps/tfjs_wasm.ts";
import { conv2DBackpropFilter } from "./filter_gradient.ts";
import { conv2DBackpropInput } from "./input_gradient.ts";
import { unsortedSegmentSum } from "./segment_sum.ts";

/**
 * Starts TensorFlow.js's WebAssembly backend and registers kernels for training that it lacks or implements slowly.
 *
 * @returns Version of TensorFlow.js.
 * @throws {EngineError} If the backend cannot be started.
 */
export async function startWasm(): Promise<string> {
  await wasmKernels();
  for (const kernel of [conv2DBackpropFilter, conv2DBackpropInput, unsortedSegmentSum]) {
    if (tf.getKernel(kernel.kernelName, "wasm")) tf.unregisterKernel(kernel.kernelName, "wasm");
    tf.registerKernel({ ...kernel, backendName: "wasm" });
  }
  return await start("wasm");
}

/**
 * Starts TensorFlow.js's plain JavaScript backend, which is slow but available everywhere.
 *
 * @returns Version of TensorFlow.js.
 */
export async function startCpu(): Promise<string> {
  return await start("cpu");
}

async function start(backend: string): Promise<string> {
  if (!await tf.setBackend(backend)) {
    throw new EngineError(`Expected TensorFlow.js's ${backend} backend to start but it did not`);
  }
  // In Node, as which Deno is detected, creating the first tensor prints an advertisement of the native addon.
  const node = tf.env().get("IS_NODE");
  tf.env().set("IS_NODE", false);
  tf.scalar(0).dispose();
  tf.env().set("IS_NODE", node);
  return tf.version_core;
}

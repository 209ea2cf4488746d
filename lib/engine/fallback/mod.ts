/**
 * What computes where libtensorflow cannot be had: WebAssembly, or plain JavaScript.
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
 * Starts TensorFlow.js's WebAssembly backend and gives it the kernels that it lacks, or has
 * only in a slow version, for training.
 *
 * @returns Version of TensorFlow.js.
 * @throws {EngineError} If the runtime cannot run it.
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
 * Starts TensorFlow.js's plain JavaScript backend: slow, but it runs everywhere.
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
  // The first tensor makes TensorFlow.js advertise its native addon where it believes to be in Node.
  const node = tf.env().get("IS_NODE");
  tf.env().set("IS_NODE", false);
  tf.scalar(0).dispose();
  tf.env().set("IS_NODE", node);
  return tf.version_core;
}

/**
 * TensorFlow.js's WebAssembly backend, loaded only when asked for.
 *
 * @module
 */

/** Imports the backend, which registers itself and its kernels. */
export async function wasmKernels(): Promise<void> {
  await import("npm:@tensorflow/tfjs-backend-wasm@4.22.0");
}

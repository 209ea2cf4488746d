/**
 * TensorFlow.js's WebAssembly backend, loaded on first use.
 *
 * @module
 */
import { ON_USE } from "./on_use.ts";

/** Imports the backend, which registers itself and its kernels. */
export async function wasmKernels(): Promise<void> {
  await import(`npm:@tensorflow/tfjs-backend-wasm@4.22.0/${ON_USE}`);
}

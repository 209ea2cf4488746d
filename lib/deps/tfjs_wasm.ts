/**
 * TensorFlow.js's WebAssembly backend, loaded only when asked for. Its name is not a literal argument of `import`, for
 * those Deno downloads as soon as a file that holds them is imported.
 *
 * @module
 */

const PACKAGE: string = "npm:@tensorflow/tfjs-backend-wasm@4.22.0";

/** Imports the backend, which registers itself and its kernels. */
export async function wasmKernels(): Promise<void> {
  await import(PACKAGE);
}

/**
 * TensorFlow.js's WebAssembly backend, loaded on first use. The specifier is not a literal argument of `import()`,
 * because Deno downloads literal specifiers as soon as the importing module is loaded.
 *
 * @module
 */

const PACKAGE: string = "npm:@tensorflow/tfjs-backend-wasm@4.22.0";

/** Imports the backend, which registers itself and its kernels. */
export async function wasmKernels(): Promise<void> {
  await import(PACKAGE);
}

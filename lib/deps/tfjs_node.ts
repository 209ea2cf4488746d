/**
 * TensorFlow.js's kernels for TensorFlow, without their native addon; loaded on first use.
 *
 * @module
 */
import util from "node:util";
import { ON_USE } from "./on_use.ts";

/** Imports and registers the kernels, and returns the module of their backend class. */
export async function nodeKernels(): Promise<
  typeof import("npm:@tensorflow/tfjs-node-gpu@4.22.0/dist/nodejs_kernel_backend.js")
> {
  // tfjs-node 4.22 calls isNullOrUndefined, which newer runtimes removed.
  const legacy = util as { isNullOrUndefined?: (value: unknown) => boolean };
  legacy.isNullOrUndefined ??= (value) => value === null || value === undefined;
  const [backend] = await Promise.all([
    import(`npm:@tensorflow/tfjs-node-gpu@4.22.0/${ON_USE}dist/nodejs_kernel_backend.js`),
    import(`npm:@tensorflow/tfjs-node-gpu@4.22.0/${ON_USE}dist/register_all_kernels.js`),
  ]);
  return backend;
}

/** Imports the writer of TensorBoard events, which requires the backend of {@linkcode nodeKernels}. */
export async function tensorBoard(): Promise<
  typeof import("npm:@tensorflow/tfjs-node-gpu@4.22.0/dist/tensorboard.js")
> {
  return await import(`npm:@tensorflow/tfjs-node-gpu@4.22.0/${ON_USE}dist/tensorboard.js`);
}

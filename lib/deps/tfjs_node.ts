/**
 * TensorFlow.js's kernels for TensorFlow, without their native addon, loaded only when asked for.
 *
 * @module
 */
import util from "node:util";

/** Imports the kernels, registers them, and returns the backend class they run on. */
export async function nodeKernels(): Promise<
  typeof import("npm:@tensorflow/tfjs-node-gpu@4.22.0/dist/nodejs_kernel_backend.js")
> {
  // tfjs-node 4.22 still calls it; newer runtimes dropped it.
  const legacy = util as { isNullOrUndefined?: (value: unknown) => boolean };
  legacy.isNullOrUndefined ??= (value) => value === null || value === undefined;
  const [backend] = await Promise.all([
    import("npm:@tensorflow/tfjs-node-gpu@4.22.0/dist/nodejs_kernel_backend.js"),
    import("npm:@tensorflow/tfjs-node-gpu@4.22.0/dist/register_all_kernels.js"),
  ]);
  return backend;
}

/** Imports the writer of TensorBoard events, which runs on the backend of {@linkcode nodeKernels}. */
export async function tensorBoard(): Promise<
  typeof import("npm:@tensorflow/tfjs-node-gpu@4.22.0/dist/tensorboard.js")
> {
  return await import("npm:@tensorflow/tfjs-node-gpu@4.22.0/dist/tensorboard.js");
}

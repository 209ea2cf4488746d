/**
 * TensorFlow.js's kernels for TensorFlow, without their native addon, loaded only when asked for. Their package's name
 * is not a literal argument of `import`, for those Deno downloads as soon as a file that holds them is imported.
 *
 * @module
 */
import util from "node:util";

const PACKAGE: string = "npm:@tensorflow/tfjs-node-gpu@4.22.0";

/** Imports the kernels, registers them, and returns the backend class they run on. */
export async function nodeKernels(): Promise<
  typeof import("npm:@tensorflow/tfjs-node-gpu@4.22.0/dist/nodejs_kernel_backend.js")
> {
  // tfjs-node 4.22 still calls it; newer runtimes dropped it.
  const legacy = util as { isNullOrUndefined?: (value: unknown) => boolean };
  legacy.isNullOrUndefined ??= (value) => value === null || value === undefined;
  const [backend] = await Promise.all([
    import(`${PACKAGE}/dist/nodejs_kernel_backend.js`),
    import(`${PACKAGE}/dist/register_all_kernels.js`),
  ]);
  return backend;
}

/** Imports the writer of TensorBoard events, which runs on the backend of {@linkcode nodeKernels}. */
export async function tensorBoard(): Promise<
  typeof import("npm:@tensorflow/tfjs-node-gpu@4.22.0/dist/tensorboard.js")
> {
  return await import(`${PACKAGE}/dist/tensorboard.js`);
}

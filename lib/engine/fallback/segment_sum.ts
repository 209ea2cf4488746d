/**
 * Sums over segments, the gradient of gathering rows.
 *
 * @module
 */
import { oneHot } from "../ops/one_hot.ts";
import { tf } from "../../deps/tfjs.ts";

/** The kernel `UnsortedSegmentSum`, not yet bound to a backend: a matrix product with the one-hot segment ids. */
export const unsortedSegmentSum = {
  kernelName: tf.UnsortedSegmentSum,
  kernelFunc: ({ inputs, attrs }: Parameters<tf.KernelFunc>[0]): tf.TensorInfo => {
    const { x, segmentIds } = inputs as { x: tf.Tensor; segmentIds: tf.Tensor1D };
    const { numSegments } = attrs as unknown as { numSegments: number };
    return tf.tidy(() => {
      const rows = x.shape[0], width = x.size / rows;
      const members = oneHot(segmentIds, numSegments);
      return tf.matMul(members, x.reshape<tf.Tensor2D>([rows, width]), true)
        .reshape([numSegments, ...x.shape.slice(1)]);
    });
  },
};

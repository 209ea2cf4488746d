/**
 * The gradient of a convolution with respect to its filter, from matrix products.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";

/**
 * The kernel `Conv2DBackpropFilter`, without a backend's name.
 *
 * One matrix product for each element of the filter: all the inputs it met, transposed, times the
 * gradients of the outputs they led to.
 */
export const conv2DBackpropFilter = {
  kernelName: tf.Conv2DBackpropFilter,
  kernelFunc: ({ inputs, attrs }: Parameters<tf.KernelFunc>[0]): tf.TensorInfo => {
    const { x, dy } = inputs as { x: tf.Tensor4D; dy: tf.Tensor4D };
    const { strides, pad, dimRoundingMode, filterShape } = attrs as unknown as {
      strides: number | [number, number];
      pad: "valid" | "same" | number;
      dimRoundingMode?: "floor" | "round" | "ceil";
      filterShape: [number, number, number, number];
    };
    const info = tf.backend_util.computeConv2DInfo(
      x.shape,
      filterShape,
      strides,
      1,
      pad,
      dimRoundingMode,
    );
    return tf.tidy(() => filterGradient(x, dy, info));
  },
};

function filterGradient(
  x: tf.Tensor4D,
  dy: tf.Tensor4D,
  info: tf.backend_util.Conv2DInfo,
): tf.Tensor {
  const { strideHeight, strideWidth, filterHeight, filterWidth, batchSize } = info;
  const { inChannels, outChannels, outHeight, outWidth, padInfo } = info;
  const padded = tf.pad4d(x, [
    [0, 0],
    [padInfo.top, padInfo.bottom],
    [padInfo.left, padInfo.right],
    [0, 0],
  ]);
  const gradients = dy.reshape([batchSize * outHeight * outWidth, outChannels]) as tf.Tensor2D;
  const taps: tf.Tensor[] = [];
  for (let row = 0; row < filterHeight; row++) {
    for (let column = 0; column < filterWidth; column++) {
      const met = tf.stridedSlice(
        padded,
        [0, row, column, 0],
        [
          batchSize,
          row + (outHeight - 1) * strideHeight + 1,
          column + (outWidth - 1) * strideWidth + 1,
          inChannels,
        ],
        [1, strideHeight, strideWidth, 1],
      ).reshape([batchSize * outHeight * outWidth, inChannels]) as tf.Tensor2D;
      taps.push(tf.matMul(met, gradients, true));
    }
  }
  return tf.stack(taps).reshape([filterHeight, filterWidth, inChannels, outChannels]);
}

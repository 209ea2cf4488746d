/**
 * The gradient of a convolution with respect to its filter, itself a convolution.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { convolution, onAllSides } from "./convolution.ts";

/**
 * The kernel `Conv2DBackpropFilter`, not yet bound to a backend.
 *
 * The gradient of each filter element sums over all output positions, so it is a convolution of the images with the
 * output gradient as filter: the batch acts as the channels and the stride as the dilation.
 */
export const conv2DBackpropFilter = {
  kernelName: tf.Conv2DBackpropFilter,
  kernelFunc: ({ inputs, attrs }: Parameters<tf.KernelFunc>[0]): tf.TensorInfo => {
    const { x, dy } = inputs as { x: tf.Tensor4D; dy: tf.Tensor4D };
    const { filterShape } = attrs as { filterShape: [number, number, number, number] };
    const { padInfo, strideHeight, strideWidth } = convolution(x.shape, filterShape, attrs);
    const [height, width, channels, filters] = filterShape;
    return tf.tidy(() =>
      tf.conv2d(
        onAllSides(x, padInfo).transpose<tf.Tensor4D>([3, 1, 2, 0]),
        dy.transpose<tf.Tensor4D>([1, 2, 0, 3]),
        1,
        "valid",
        "NHWC",
        [strideHeight, strideWidth],
      )
        // Image rows and columns beyond the last window yield extra positions.
        .slice([0, 0, 0, 0], [channels, height, width, filters])
        .transpose([1, 2, 0, 3])
    );
  },
};

/**
 * Convolution and pooling as plain loops, in double precision.
 *
 * @module
 */
import type { tf } from "../../../lib/deps/tfjs.ts";
import type { Conv2dOptions, PoolOptions } from "../../../lib/engine/ops/mod.ts";

/** What a loop computes. */
export interface LoopResult {
  shape: number[];
  values: Float64Array;
}

const both = (value: number | readonly [number, number]): readonly [number, number] =>
  typeof value === "number" ? [value, value] : value;

/** Zeros before, and number of outputs, along one axis. */
function frame(
  length: number,
  reach: number,
  stride: number,
  padding: "same" | "valid" | number,
): { before: number; outputs: number } {
  if (padding === "same") {
    const outputs = Math.ceil(length / stride);
    const all = Math.max(0, (outputs - 1) * stride + reach - length);
    return { before: Math.floor(all / 2), outputs };
  }
  const side = padding === "valid" ? 0 : padding;
  return { before: side, outputs: Math.floor((length + 2 * side - reach) / stride) + 1 };
}

/** conv2d() by its definition. */
export function loopConv2d(
  x: tf.Tensor4D,
  filter: tf.Tensor4D,
  { stride = 1, padding = "same", dilation = 1, groups = 1 }: Conv2dOptions,
): LoopResult {
  const [batch, height, width, channels] = x.shape, [kh, kw, , filters] = filter.shape;
  const strides = both(stride), dilations = both(dilation);
  const down = frame(height, (kh - 1) * dilations[0] + 1, strides[0], padding);
  const right = frame(width, (kw - 1) * dilations[1] + 1, strides[1], padding);
  const images = x.dataSync(), weights = filter.dataSync();
  const perGroup = channels / groups, filtersPerGroup = filters / groups;
  const shape = [batch, down.outputs, right.outputs, filters];
  const values = new Float64Array(shape.reduce((product, extent) => product * extent, 1));
  let at = 0;
  for (let n = 0; n < batch; n++) {
    for (let oy = 0; oy < down.outputs; oy++) {
      for (let ox = 0; ox < right.outputs; ox++) {
        for (let f = 0; f < filters; f++, at++) {
          const first = Math.floor(f / filtersPerGroup) * perGroup;
          for (let i = 0; i < kh; i++) {
            for (let j = 0; j < kw; j++) {
              const y = oy * strides[0] - down.before + i * dilations[0];
              const xx = ox * strides[1] - right.before + j * dilations[1];
              if (y < 0 || y >= height || xx < 0 || xx >= width) continue;
              for (let c = 0; c < perGroup; c++) {
                values[at] += images[((n * height + y) * width + xx) * channels + first + c] *
                  weights[((i * kw + j) * perGroup + c) * filters + f];
              }
            }
          }
        }
      }
    }
  }
  return { shape, values };
}

/** maxPool() and avgPool() by their definitions: PyTorch's where the padding is a number. */
export function loopPool(
  x: tf.Tensor4D,
  kind: "max" | "average",
  { size, stride = size, padding = "valid" }: PoolOptions,
): LoopResult {
  const [batch, height, width, channels] = x.shape;
  const [kh, kw] = both(size), strides = both(stride);
  const down = frame(height, kh, strides[0], padding);
  const right = frame(width, kw, strides[1], padding);
  const images = x.dataSync();
  const shape = [batch, down.outputs, right.outputs, channels];
  const values = new Float64Array(shape.reduce((product, extent) => product * extent, 1));
  let at = 0;
  for (let n = 0; n < batch; n++) {
    for (let oy = 0; oy < down.outputs; oy++) {
      for (let ox = 0; ox < right.outputs; ox++) {
        for (let c = 0; c < channels; c++, at++) {
          const window: number[] = [];
          for (let i = 0; i < kh; i++) {
            for (let j = 0; j < kw; j++) {
              const y = oy * strides[0] - down.before + i, xx = ox * strides[1] - right.before + j;
              if (y < 0 || y >= height || xx < 0 || xx >= width) continue;
              window.push(images[((n * height + y) * width + xx) * channels + c]);
            }
          }
          const sum = window.reduce((total, value) => total + value, 0);
          // With zeros on every side, those count in the mean; under "same" they do not.
          const count = typeof padding === "number" ? kh * kw : window.length;
          values[at] = kind === "max" ? Math.max(...window) : sum / count;
        }
      }
    }
  }
  return { shape, values };
}

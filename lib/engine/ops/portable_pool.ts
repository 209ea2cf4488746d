/**
 * Pooling composed of operations whose gradients are correct on every backend. TensorFlow.js 4.22's own pooling
 * gradients disagree with finite differences on the WebAssembly and plain JavaScript backends; that of the mean, for
 * instance, divides by the full window size at the edges.
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { everyNth } from "./subsample.ts";

/** Padding value of a maximum, about the lowest float32; −∞ would produce 0 · ∞ in gradients. */
export const LOWEST = -3.4e38;

/**
 * Pools by slicing out each position within the window, for all windows at once, and reducing over the positions.
 *
 * @param kind Mean or maximum.
 * @param x Shape `[batch, height, width, channels]`.
 * @param size Height and width of the window.
 * @param stride Step between windows.
 * @param padding Whether windows may extend beyond the edges.
 * @returns Shape `[batch, rows, columns, channels]`.
 */
export function portablePool(
  kind: "Avg" | "Max",
  x: tf.Tensor4D,
  size: readonly [number, number],
  stride: readonly [number, number],
  padding: "same" | "valid",
): tf.Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const down = windows(height, size[0], stride[0], padding);
  const right = windows(width, size[1], stride[1], padding);
  const framed = tf.pad4d(
    x,
    [[0, 0], [down.before, down.after], [right.before, right.after], [0, 0]],
    kind === "Max" ? LOWEST : 0,
  );
  const rows = (down.count - 1) * stride[0] + 1, columns = (right.count - 1) * stride[1] + 1;
  const places: tf.Tensor4D[] = [];
  for (let i = 0; i < size[0]; i++) {
    for (let j = 0; j < size[1]; j++) {
      const place = framed.slice([0, i, j, 0], [batch, rows, columns, channels]);
      places.push(everyNth(place, stride));
    }
  }
  if (kind === "Max") return places.reduce((most, place) => tf.maximum(most, place));
  const inside = tf.outerProduct(tf.tensor1d(down.inside), tf.tensor1d(right.inside));
  return tf.addN(places).div(inside.expandDims(2));
}

/** Number of windows along one axis, padding, and how many elements of each window lie inside. */
function windows(length: number, size: number, stride: number, padding: "same" | "valid") {
  const count = padding === "same"
    ? Math.ceil(length / stride)
    : Math.floor((length - size) / stride) + 1;
  const missing = Math.max(0, (count - 1) * stride + size - length);
  const before = Math.floor(missing / 2);
  const inside = Array.from({ length: count }, (_, i) => {
    const start = i * stride - before;
    return Math.min(length, start + size) - Math.max(0, start);
  });
  return { count, before, after: missing - before, inside };
}

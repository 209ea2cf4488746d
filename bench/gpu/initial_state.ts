/**
 * Initial training state of cases that are only timed, drawn on the device's machine instead of sent to it.
 *
 * @module
 */
import type { Manifest } from "./case.ts";

/**
 * Draws a tensor of the training state.
 *
 * @param state Its path and shape.
 * @returns Weights of variance 2 / fan-in, scales and variances of 1, everything else 0.
 */
export function initialValues(
  { path, shape }: Manifest["state"][number],
): Float32Array<ArrayBuffer> {
  const size = shape.reduce((product, length) => product * length, 1);
  if (path.startsWith("optimizer")) return new Float32Array(size);
  if (shape.length < 2) {
    return new Float32Array(size).fill(/(weight|variance|magnitude)$/.test(path) ? 1 : 0);
  }
  const scale = Math.sqrt(6 * shape.at(-1)! / size);
  let state = size >>> 0;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  return Float32Array.from({ length: size }, () => (2 * next() - 1) * scale);
}

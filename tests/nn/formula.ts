/**
 * The formula of the inputs of tests/golden/make_nn.py, and the comparison with its results.
 *
 * @module
 */
import { assert } from "@std/assert";
import { tf } from "../../lib/deps/tfjs.ts";

/** A tensor as stored by make_nn.py: all values, or its norm and random projections. */
export type Stored =
  & { shape: number[] }
  & ({ data: number[] } | { norm: number; projections: number[] });

function mix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}

function nameSeed(name: string): number {
  let seed = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) seed = Math.imul(seed ^ byte, 0x01000193);
  return seed >>> 0;
}

/** Numbers in [−1, 1], determined by a name and their index. */
export function formula(name: string, count: number): Float64Array {
  const seed = nameSeed(name);
  return Float64Array.from(
    { length: count },
    (_, i) => mix((Math.imul(i, 0x9e3779b9) + seed) >>> 0) / 2147483648 - 1,
  );
}

/** Evaluates the formula as a tensor, scaled and shifted. */
export function formulaTensor(
  name: string,
  shape: number[],
  scale = 1,
  offset = 0,
): tf.Tensor {
  const values = formula(name, tf.util.sizeFromShape(shape));
  return tf.tensor(Float32Array.from(values, (value) => value * scale + offset), shape);
}

/** ‖found − expected‖ / ‖expected‖, exact or estimated from projections. */
export function distance(name: string, found: tf.Tensor, expected: Stored): number {
  assert(
    String(found.shape) === String(expected.shape),
    `Expected ${name} to have shape [${expected.shape}] but found [${found.shape}]`,
  );
  const values = found.dataSync();
  if ("data" in expected) {
    let apart = 0, length = 0;
    expected.data.forEach((value, i) => {
      apart += (values[i] - value) ** 2;
      length += value ** 2;
    });
    return Math.sqrt(apart) / Math.max(Math.sqrt(length), 1e-12);
  }
  const count = expected.projections.length, size = values.length;
  const signs = formula(`projection/${name}`, count * size);
  let apart = 0;
  for (let row = 0; row < count; row++) {
    let sum = 0;
    for (let i = 0; i < size; i++) sum += signs[row * size + i] < 0 ? -values[i] : values[i];
    apart += (sum - expected.projections[row]) ** 2;
  }
  return Math.sqrt(apart / count) / expected.norm;
}

/** Asserts that a tensor agrees with the reference within the project's tolerance. */
export function assertNear(
  name: string,
  found: tf.Tensor,
  expected: Stored,
  tolerance = 1e-4,
): void {
  const apart = distance(name, found, expected);
  assert(
    apart <= tolerance,
    `Expected ${name} within ${tolerance} of PyTorch's but found ${apart}`,
  );
}

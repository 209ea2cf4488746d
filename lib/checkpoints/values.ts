/**
 * Check of the numbers in a checkpoint.
 *
 * @module
 */
import { DamagedCheckpointError } from "../core/errors.ts";

/** Names of tensors whose numbers are squares or variances. */
const NOT_NEGATIVE = /^state\/(.*\/)?variance$|^optimizer\/square\//;

/**
 * Checks the numbers of a tensor: training would go on from them without a word.
 *
 * @param path Path of the file, for the error message.
 * @param name Name of the tensor, for instance `state/stage1/bn/variance`.
 * @param values Its numbers.
 * @throws {DamagedCheckpointError} If one is NaN or infinite, or a variance is negative.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * expectNumbers("a.safetensors", "params/x", Float32Array.of(-1));
 * assertThrows(() => expectNumbers("a.safetensors", "state/variance", Float32Array.of(-1)), Error, "found -1");
 * ```
 */
export function expectNumbers(path: string, name: string, values: Float32Array): void {
  const least = NOT_NEGATIVE.test(name) ? 0 : -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value >= least && value - value === 0) continue;
    const wanted = least === 0 ? "finite numbers of at least 0" : "finite numbers";
    throw new DamagedCheckpointError(
      `Expected ${wanted} in ${name} of ${path} but found ${value}: the file is damaged`,
    );
  }
}

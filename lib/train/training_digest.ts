/**
 * The digest by which a checkpoint is recognised as one of a training.
 *
 * @module
 */
import { sha256 } from "../data/digest.ts";
import { identityOf, type TrainingDescription } from "../runs/same_training.ts";

/**
 * Computes the SHA-256 over what determines a training, except for its length, since a training may be lengthened.
 *
 * @param training Settings in `config.json`.
 * @returns 64 hexadecimal digits.
 *
 * @example
 * ```ts
 * import { assertEquals, assertNotEquals } from "@std/assert";
 *
 * assertEquals(trainingDigest({ seed: 0, iterations: 5 }), trainingDigest({ seed: 0, iterations: 9 }));
 * assertNotEquals(trainingDigest({ seed: 0 }), trainingDigest({ seed: 1 }));
 * ```
 */
export function trainingDigest(training: TrainingDescription): string {
  const LENGTHS = ["iterations", "rates"];
  return sha256(
    JSON.stringify(identityOf(training), (key, value) => LENGTHS.includes(key) ? undefined : value),
  );
}

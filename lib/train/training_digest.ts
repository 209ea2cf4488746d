/**
 * The digest by which a checkpoint is recognised as one of a training.
 *
 * @module
 */
import { sha256 } from "../data/digest.ts";
import type { Config } from "../runs/run_folder.ts";

/**
 * Computes the SHA-256 over what determines a training, except for its length, since a training may be lengthened.
 *
 * @param config Description of the training, as in `config.json`.
 * @returns 64 hexadecimal digits.
 *
 * @example
 * ```ts
 * import { assertEquals, assertNotEquals } from "@std/assert";
 *
 * const digest = (training: Record<string, unknown>) => trainingDigest({ training });
 * assertEquals(digest({ seed: 0, iterations: 5 }), digest({ seed: 0, iterations: 9 }));
 * assertNotEquals(digest({ seed: 0 }), digest({ seed: 1 }));
 * ```
 */
export function trainingDigest({ training }: Pick<Config, "training">): string {
  const LENGTHS = ["iterations", "rates"];
  return sha256(
    JSON.stringify(training, (key, value) => LENGTHS.includes(key) ? undefined : value),
  );
}

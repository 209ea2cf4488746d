/**
 * Telling one data set from another.
 *
 * @module
 */
import { createHash } from "node:crypto";
import type { Split } from "./dataset.ts";

/**
 * Hash of a training and a test set: of labels, names, normalisation and pixels; of images on disk the paths
 * stand for the pixels, for reading them all would take as long as a pass over them.
 *
 * @param split The two sets.
 * @returns SHA-256, in hexadecimal digits.
 *
 * @example
 * ```ts
 * import { assertEquals, assertNotEquals } from "@std/assert";
 * import { builtin } from "./builtin/mod.ts";
 *
 * const small = { max: 20, imbalance: 10, testImages: 1 };
 * assertEquals(checksum(builtin(small)), checksum(builtin(small)));
 * assertNotEquals(checksum(builtin(small)), checksum(builtin({ ...small, seed: 1 })));
 * ```
 */
export function checksum({ train, test }: Split): string {
  const hash = createHash("sha256");
  for (const { images, labels, ...described } of [train, test]) {
    hash.update(JSON.stringify(described));
    hash.update(new Uint8Array(labels.buffer, labels.byteOffset, labels.byteLength));
    hash.update(images.kind === "pixels" ? images.pixels : JSON.stringify(images.paths));
  }
  return hash.digest("hex");
}

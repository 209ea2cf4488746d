/**
 * SHA-256 digests of data sets.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { DataError } from "../core/errors.ts";
import type { ImageDataset } from "./dataset.ts";
import { pathAt } from "./paths.ts";

/**
 * Computes the SHA-256 of a data set over its labels (32-bit little-endian) and its pixels, as stored in the header of
 * a packed file; for images on disk, over the labels and the bytes of the files.
 *
 * @param dataset The data set.
 * @returns 64 hexadecimal digits.
 * @throws {DataError} If a file cannot be read.
 *
 * @example
 * ```ts
 * import { assertNotEquals } from "@std/assert";
 * import { builtin } from "@nbn/toolkit/data";
 *
 * const { train, test } = builtin({ testImages: 1 });
 * assertNotEquals(await datasetDigest(train), await datasetDigest(test));
 * ```
 */
export async function datasetDigest(
  { labels, images }: Pick<ImageDataset, "labels" | "images">,
): Promise<string> {
  const bytes = new Uint8Array(Int32Array.from(labels).buffer);
  if (images.kind === "pixels") return sha256(bytes, images.pixels);
  const hash = createHash("sha256").update(bytes);
  for (let image = 0; image < labels.length; image++) {
    const path = pathAt(images.paths, image);
    try {
      hash.update(await Deno.readFile(path));
    } catch (cause) {
      throw new DataError(
        `Expected to read ${path} but could not: ${(cause as Error).message}`,
        { cause },
      );
    }
  }
  return hash.digest("hex");
}

/** Computes the SHA-256 of concatenated parts, in hexadecimal digits. */
export function sha256(...parts: (Uint8Array | string)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

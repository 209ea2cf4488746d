/**
 * Checks memory requirements before allocating.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";

/** Fraction of the machine's memory that pixels may take; reading, hashing and copying need the rest. */
const SHARE = 0.5;

/**
 * Checks that pixels fit into half of the memory.
 *
 * @param bytes Size of the pixels in bytes.
 * @param what Description of the pixels, for the error message.
 * @param memory Memory size in bytes.
 * @throws {DataError} If the pixels take more than half of the memory.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(
 *   () => expectRoom(3e9, "1000 images of 1000 × 1000 pixels", 4e9),
 *   Error,
 *   "half of the 4.0 GB of memory but found 3.0 GB of 1000 images",
 * );
 * ```
 */
export function expectRoom(
  bytes: number,
  what: string,
  memory: number = Deno.systemMemoryInfo().total,
): void {
  if (bytes <= SHARE * memory) return;
  throw new DataError(
    `Expected pixels of at most half of the ${bytesInWords(memory)} of memory but found ` +
      `${bytesInWords(bytes)} of ${what}: take a smaller --size, or train on the folder itself, ` +
      `which reads images on demand`,
  );
}

/**
 * Allocates shared memory for pixels.
 *
 * @param bytes Number of bytes.
 * @returns A zero-filled array.
 * @throws {DataError} If the allocation fails.
 */
export function sharedPixels(bytes: number): Uint8Array {
  try {
    return new Uint8Array(new SharedArrayBuffer(bytes));
  } catch (cause) {
    throw new DataError(
      `Expected room for ${bytesInWords(bytes)} of pixels in memory but found less`,
      {
        cause,
      },
    );
  }
}

/**
 * Formats a number of bytes with a unit.
 *
 * @param bytes Number of bytes.
 * @returns For instance `1.1 GB`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([999, 12_345, 1.1e9].map(bytesInWords), ["999 bytes", "12.3 kB", "1.1 GB"]);
 * ```
 */
export function bytesInWords(bytes: number): string {
  const units = [["GB", 1e9], ["MB", 1e6], ["kB", 1e3]] as const;
  const unit = units.find(([, size]) => bytes >= size);
  return unit ? `${(bytes / unit[1]).toFixed(1)} ${unit[0]}` : `${bytes} bytes`;
}

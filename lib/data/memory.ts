/**
 * What fits into memory, told before it is tried.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";

/** Share of the machine's memory that pixels may take: they are read, checked and copied beside everything else. */
const SHARE = 0.5;

/**
 * Checks that pixels fit into memory.
 *
 * @param bytes How many bytes they take.
 * @param what What they are, for the message.
 * @param memory Bytes of the machine's memory.
 * @throws {DataError} If they take more than half of it.
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
      `which reads images as they are needed`,
  );
}

/**
 * Bytes that threads share, for pixels.
 *
 * @param bytes How many.
 * @returns Zeros.
 * @throws {DataError} If there is no room for them.
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
 * A number of bytes as people write it.
 *
 * @param bytes The number.
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

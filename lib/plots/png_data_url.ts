/**
 * PNG images as data URLs.
 *
 * @module
 */

/**
 * Encodes a PNG file as a data URL.
 *
 * @param bytes Content of the file.
 * @returns A `data:` URL.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(pngDataUrl(Uint8Array.of(1, 2, 3)), "data:image/png;base64,AQID");
 * ```
 */
export function pngDataUrl(bytes: Uint8Array): string {
  return `data:image/png;base64,${bytes.toBase64()}`;
}

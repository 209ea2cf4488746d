/**
 * Pictures within an SVG.
 *
 * @module
 */

/**
 * A PNG file as the address of an image.
 *
 * @param bytes The file.
 * @returns A `data:` address.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(pngAddress(Uint8Array.of(1, 2, 3)), "data:image/png;base64,AQID");
 * ```
 */
export function pngAddress(bytes: Uint8Array): string {
  return `data:image/png;base64,${bytes.toBase64()}`;
}

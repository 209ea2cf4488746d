/**
 * Size of a GIF file (GIF89a, sections 18 to 26).
 *
 * @module
 */

const FIRST_BLOCK = 13, EXTENSION = 0x21, IMAGE = 0x2c;

/**
 * Reads the size of the logical screen, enlarged where the first frame exceeds it.
 *
 * @param bytes The file, or its first bytes.
 * @returns Width and height in pixels.
 * @throws {Error} If the file ends before the first frame.
 */
export function gifHeader(bytes: Uint8Array): { width: number; height: number } {
  const uint16 = (at: number) => bytes[at] | bytes[at + 1] << 8;
  let at = FIRST_BLOCK;
  if (bytes[10] & 0x80) at += 3 * 2 ** (1 + (bytes[10] & 7));
  while (bytes[at] === EXTENSION) {
    at += 2;
    // Skips the sub-blocks, each prefixed by its length, up to the empty terminator.
    while (bytes[at] > 0) at += 1 + bytes[at];
    at += 1;
  }
  if (bytes[at] !== IMAGE || at + 9 > bytes.length) throw new Error("its first frame is missing");
  const [left, top, wide, high] = [1, 3, 5, 7].map((offset) => uint16(at + offset));
  return { width: Math.max(uint16(6), left + wide), height: Math.max(uint16(8), top + high) };
}

/**
 * COCO's compressed text form of run lengths.
 *
 * @module
 */
import type { Rle } from "./rle.ts";

/** Characters stand for 6 bits, from this code on: 5 bits of the number and a flag that more follow. */
const FIRST = 48;

/**
 * Writes run lengths as COCO's `counts` text. From the fourth run on, the difference to the run two before is written;
 * numbers are in groups of five bits, lowest first, in two's complement.
 *
 * @param rle The runs.
 * @returns The text.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rleText } from "@nbn/toolkit/detection";
 *
 * const rle = { height: 4, width: 5, counts: Uint32Array.of(9, 2, 2, 2, 5) };
 * assertEquals(rleText(rle), "92203");
 * ```
 */
export function rleText({ counts }: Rle): string {
  const codes: number[] = [];
  for (let run = 0; run < counts.length; run++) {
    let rest = run > 2 ? counts[run] - counts[run - 2] : counts[run];
    for (let more = true; more;) {
      const low = rest & 0x1f;
      rest >>= 5;
      more = rest !== (low & 0x10 ? -1 : 0);
      codes.push(FIRST + (more ? low | 0x20 : low));
    }
  }
  return new TextDecoder().decode(Uint8Array.from(codes));
}

/**
 * Reads COCO's `counts` text: the inverse of {@linkcode rleText}.
 *
 * @param text The text.
 * @param height Height in pixels.
 * @param width Width in pixels.
 * @returns The runs.
 * @throws {RangeError} If the text has other characters, ends within a number, or its runs do not fill the mask.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([...rleOfText("92203", 4, 5).counts], [9, 2, 2, 2, 5]);
 * ```
 */
export function rleOfText(text: string, height: number, width: number): Rle {
  const counts = new Uint32Array(text.length);
  let runs = 0, sum = 0, at = 0;
  while (at < text.length) {
    let value = 0, shift = 0, code: number;
    do {
      code = text.charCodeAt(at++) - FIRST;
      // NaN, at the end of the text, fails the comparison too.
      if (!(code >= 0 && code < 64) || shift > 30) {
        throw new RangeError(`Expected COCO's run lengths but found ${shown(text)}`);
      }
      value |= (code & 0x1f) << shift;
      shift += 5;
    } while (code & 0x20);
    if (code & 0x10 && shift < 32) value |= -1 << shift;
    if (runs > 2) value += counts[runs - 2];
    counts[runs++] = value;
    sum += value;
    if (value < 0) sum = NaN;
  }
  if (sum !== height * width) {
    throw new RangeError(
      `Expected runs that fill ${height}×${width} pixels but found ${shown(text)}, which do not`,
    );
  }
  return { height, width, counts: counts.slice(0, runs) };
}

function shown(text: string): string {
  return JSON.stringify(text.length > 20 ? `${text.slice(0, 20)}…` : text);
}

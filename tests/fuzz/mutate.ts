/**
 * Mutations of files: what transmission, other programs and attackers do to bytes.
 *
 * @module
 */
import type { Rng } from "../../lib/core/rng.ts";
import { joined } from "../joined.ts";

/** Integers at which lengths, offsets and loops go wrong. */
const EDGES = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

/** Pieces that formats of text give a meaning. */
const TOKENS = [
  ...["", "0", "-1", "1e999", "NaN", "null", "true", "[]", "{}", "9007199254740993", "\0", "\n"],
  ...['"', ",", ";", "\t", "\r\n", "../", "/", "\u001b[31m", "\ufeff", "__proto__", "constructor"],
  ...['{"a":', "[[[[[[[[", "]]]]", "=1+1", " 4294967296", "é", "\ud800"],
].map((text) => new TextEncoder().encode(text));

/** Longest piece that is copied, removed or repeated. */
const LONGEST_PIECE = 64;

/**
 * Changes a file in one to four places.
 *
 * @param seeds Valid files of the same format, at least one.
 * @param random Stream of random numbers.
 * @param longest Most bytes of the result.
 * @returns A changed copy of one of them.
 */
export function mutated(
  seeds: readonly Uint8Array[],
  random: Rng,
  longest: number,
): Uint8Array<ArrayBuffer> {
  let bytes = new Uint8Array(seeds[random.below(seeds.length)]);
  for (let changes = 1 + random.below(4); changes > 0; changes--) {
    bytes = changed(bytes, seeds[random.below(seeds.length)], random);
  }
  return bytes.subarray(0, longest);
}

function changed(
  bytes: Uint8Array<ArrayBuffer>,
  other: Uint8Array,
  random: Rng,
): Uint8Array<ArrayBuffer> {
  const { length } = bytes;
  const place = random.below(length + 1);
  const piece = 1 + random.below(LONGEST_PIECE);
  switch (length === 0 ? 5 : random.below(9)) {
    case 0: // One bit.
      if (place < length) bytes[place] ^= 1 << random.below(8);
      return bytes;
    case 1: // One byte.
      if (place < length) bytes[place] = random.below(256);
      return bytes;
    case 2: { // An integer of 8, 16 or 32 bits in either order.
      const width = [1, 2, 4][random.below(3)], edge = EDGES[random.below(EDGES.length)];
      const little = random.below(2) === 0;
      for (let i = 0; i < width && place + i < length; i++) {
        bytes[place + i] = edge >>> 8 * (little ? i : width - 1 - i);
      }
      return bytes;
    }
    case 3: // Cut off.
      return bytes.slice(0, place);
    case 4: // A piece removed.
      return joined(bytes.subarray(0, place), bytes.subarray(place + piece));
    case 5: // A token put in.
      return joined(
        bytes.subarray(0, place),
        TOKENS[random.below(TOKENS.length)],
        bytes.subarray(place),
      );
    case 6: { // A token in the place of a piece.
      const token = TOKENS[random.below(TOKENS.length)];
      return joined(bytes.subarray(0, place), token, bytes.subarray(place + random.below(8)));
    }
    case 7: { // A piece repeated.
      const repeated = bytes.subarray(place, place + piece);
      return joined(bytes.subarray(0, place), repeated, bytes.subarray(place));
    }
    default: { // The beginning of one file and the end of another.
      return joined(bytes.subarray(0, place), other.subarray(random.below(other.length + 1)));
    }
  }
}

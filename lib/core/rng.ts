/**
 * Counter-based random numbers: each depends only on a seed and a counter, so a stream can be resumed, split over
 * workers, or read at any position without replaying earlier numbers.
 *
 * @module
 */

/**
 * Returns 32 random bits for a seed and a counter.
 *
 * All 53 bits of the seed and of the counter are used; each 32-bit word is mixed by multiplications and xor-shifts.
 *
 * @param seed Any safe integer; all of its bits are used.
 * @param counter Integer in [0, 2⁵³).
 * @returns An integer in [0, 2³²).
 */
export function bits(seed: number, counter: number): number {
  const x = mix(keyOf(seed) ^ (counter >>> 0));
  return mix((x + (Math.floor(counter / 4294967296) >>> 0) + 0x6d2b79f5) >>> 0);
}

/** The part of {@linkcode bits} that depends on the seed alone. */
function keyOf(seed: number): number {
  return mix(mix((seed >>> 0) ^ 0x9e3779b9) ^ (Math.floor(seed / 4294967296) >>> 0));
}

/** A bijection of 32 bits that spreads every input bit over all output bits. */
function mix(x: number): number {
  return signedMix(x) >>> 0;
}

/** {@linkcode mix} as a signed integer, which JavaScript engines keep in a register. */
function signedMix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return x ^ (x >>> 15);
}

/**
 * Returns a uniform number with 53 random bits for a seed and a counter.
 *
 * @param seed Seed of the stream.
 * @param counter Position in the stream, from 0.
 * @returns A number in [0, 1).
 */
export function uniform(seed: number, counter: number): number {
  const high = bits(seed, 2 * counter) >>> 5;
  const low = bits(seed, 2 * counter + 1) >>> 6;
  return (high * 67108864 + low) / 9007199254740992;
}

/**
 * Returns {@linkcode uniform} for a fixed seed, several times as fast: what depends only on the seed is computed
 * once, and integers stay within 32 bits.
 *
 * @param seed Seed of the stream.
 * @returns A function from a position in the stream, from 0, to its number in [0, 1).
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(uniformAt(7)(5), uniform(7, 5));
 * ```
 */
export function uniformAt(seed: number): (counter: number) => number {
  const ofSeed = keyOf(seed);
  const word = (low: number, high: number) =>
    signedMix(signedMix(ofSeed ^ low) + high + 0x6d2b79f5);
  return (counter) => {
    // From 2³⁰ on, twice the counter overflows a signed 32-bit integer.
    const small = counter < 0x40000000;
    const low = small ? counter << 1 : 2 * counter | 0;
    const high = small ? 0 : Math.floor(counter / 2147483648);
    return ((word(low, high) >>> 5) * 67108864 + (word(low | 1, high) >>> 6)) / 9007199254740992;
  };
}

/**
 * Returns a uniform integer below `n` for a seed and a counter.
 *
 * @param n Number of possible values, an integer in [1, 2⁵³].
 * @param seed Seed of the stream.
 * @param counter Position in the stream, from 0.
 * @returns An integer in [0, n).
 */
export function below(n: number, seed: number, counter: number): number {
  return Math.floor(uniform(seed, counter) * n);
}

/** A random stream; its state is its seed and its position. */
export interface Rng {
  /** Seed of the stream. */
  readonly seed: number;
  /** Count of numbers drawn so far; with the seed it resumes the stream here. */
  readonly position: number;
  /** Draws a number in [0, 1). */
  uniform(): number;
  /** Draws a standard normal number. */
  normal(): number;
  /** Draws an integer in [0, n). */
  below(n: number): number;
  /** Derives an independent stream for a name; drawing from it does not advance this one. */
  fork(name: string | number): Rng;
}

/**
 * Opens a random stream.
 *
 * @param seed Any integer.
 * @param position Numbers to skip.
 * @returns The stream.
 * @throws {TypeError} If the seed is not a safe integer.
 *
 * @example The same seed gives the same numbers
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 *
 * assertEquals(rng(7).uniform(), rng(7).uniform());
 * ```
 */
export function rng(seed: number, position = 0): Rng {
  if (!Number.isSafeInteger(seed)) {
    throw new TypeError(`Expected a seed to be an integer but found ${seed}`);
  }
  const at = uniformAt(seed);
  let drawn = position;
  return {
    seed,
    get position() {
      return drawn;
    },
    uniform: () => at(drawn++),
    normal: () => {
      const radius = Math.sqrt(-2 * Math.log(1 - at(drawn++)));
      return radius * Math.cos(2 * Math.PI * at(drawn++));
    },
    below: (n) => Math.floor(at(drawn++) * n),
    fork: (name) => rng(hash(seed, String(name))),
  };
}

/** Derives a 53-bit seed from a seed and a name. */
function hash(seed: number, name: string): number {
  let high = bits(seed, 0x5bd1e995), low = bits(seed, 0x1b873593);
  for (let i = 0; i < name.length; i++) {
    high = mix(high ^ name.charCodeAt(i));
    low = mix((low + high) >>> 0);
  }
  return (high >>> 11) * 4294967296 + low;
}

/**
 * Shuffles in place (Fisher–Yates); all permutations are equally likely.
 *
 * @param items Array to shuffle.
 * @param random Stream to draw from.
 * @returns The same array.
 */
export function shuffle<T extends { length: number; [index: number]: unknown }>(
  items: T,
  random: Rng,
): T {
  for (let i = items.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const kept = items[i];
    items[i] = items[j];
    items[j] = kept;
  }
  return items;
}

/**
 * Seeded random numbers that depend on nothing but a seed and a counter, so that a stream can be
 * resumed, split over workers, or read at any position without replaying what came before.
 *
 * @module
 */

/**
 * 32 random bits for one counter of one seed.
 *
 * Every bit of the 53-bit counter and of the seed takes part, with three rounds of
 * multiply and xor-shift mixing after each.
 *
 * @param seed Any integer; its lowest 32 bits and its next 21 bits count.
 * @param counter Integer from 0 to 2⁵³ − 1.
 * @returns An integer from 0 to 2³² − 1.
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

/** The same bits as a signed integer, which engines keep in a register. */
function signedMix(x: number): number {
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return x ^ (x >>> 15);
}

/**
 * A uniform number in [0, 1) with 53 random bits, for one counter of one seed.
 *
 * @param seed Seed of the stream.
 * @param counter Position in the stream, from 0.
 * @returns A number from 0 up to, but without, 1.
 */
export function uniform(seed: number, counter: number): number {
  const high = bits(seed, 2 * counter) >>> 5;
  const low = bits(seed, 2 * counter + 1) >>> 6;
  return (high * 67108864 + low) / 9007199254740992;
}

/**
 * The numbers of {@linkcode uniform} for one seed, several times as fast: what depends on the seed alone is
 * computed once, and integers stay within 32 bits.
 *
 * @param seed Seed of the stream.
 * @returns The number at a position in the stream, from 0.
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
    // Beyond 30 bits, twice the counter is no small integer any more.
    const small = counter < 0x40000000;
    const low = small ? counter << 1 : 2 * counter | 0;
    const high = small ? 0 : Math.floor(counter / 2147483648);
    return ((word(low, high) >>> 5) * 67108864 + (word(low | 1, high) >>> 6)) / 9007199254740992;
  };
}

/**
 * A uniform integer below `n`, for one counter of one seed.
 *
 * @param n Number of possible values, an integer from 1 to 2⁵³.
 * @param seed Seed of the stream.
 * @param counter Position in the stream, from 0.
 * @returns An integer from 0 to n − 1.
 */
export function below(n: number, seed: number, counter: number): number {
  return Math.floor(uniform(seed, counter) * n);
}

/** A stream of random numbers whose whole state is its seed and its position. */
export interface Rng {
  /** Seed of the stream. */
  readonly seed: number;
  /** Numbers drawn so far: with the seed, enough to go on from here. */
  readonly position: number;
  /** A number from 0 up to, but without, 1. */
  uniform(): number;
  /** A standard normal number. */
  normal(): number;
  /** An integer from 0 to n − 1. */
  below(n: number): number;
  /** An independent stream named by a string or an integer; drawing from it does not move this one. */
  fork(name: string | number): Rng;
}

/**
 * Opens a random stream.
 *
 * @param seed Any integer.
 * @param position Numbers to skip.
 * @returns The stream.
 *
 * @example The same seed gives the same numbers
 * ```ts
 * import { assertEquals } from "@std/assert";
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

/** A 53-bit seed from a seed and a name. */
function hash(seed: number, name: string): number {
  let high = bits(seed, 0x5bd1e995), low = bits(seed, 0x1b873593);
  for (let i = 0; i < name.length; i++) {
    high = mix(high ^ name.charCodeAt(i));
    low = mix((low + high) >>> 0);
  }
  return (high >>> 11) * 4294967296 + low;
}

/**
 * Shuffles in place (Fisher–Yates), every order equally likely.
 *
 * @param items What to shuffle.
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

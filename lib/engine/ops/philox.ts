/**
 * Philox 4×32-10, the counter-based generator of TensorFlow's stateless random operations.
 *
 * Source: Salmon et al. 2011, Parallel Random Numbers: As Easy as 1, 2, 3.
 *
 * @module
 */

/** Factor of the first word of the counter. */
export const MULTIPLIER_0 = 0xd2511f53;
/** Factor of the third word of the counter. */
export const MULTIPLIER_1 = 0xcd9e8d57;
/** Added to the first word of the key in each round. */
export const KEY_STEP_0 = 0x9e3779b9;
/** Added to the second word of the key in each round. */
export const KEY_STEP_1 = 0xbb67ae85;
/** Number of rounds. */
export const ROUNDS = 10;

/** Key with which TensorFlow scrambles the seed. */
export const SEED_KEY: readonly [number, number] = [0x3ec8f720, 0x02461e29];

/**
 * Generates uniform numbers identical to those of TensorFlow's `StatelessRandomUniform`.
 *
 * @param seed Two int32 numbers.
 * @param size Number of values.
 * @returns Multiples of 2⁻²³ in [0, 1).
 */
export function philoxUniform(seed: readonly [number, number], size: number): Float32Array {
  const block = Uint32Array.of(seed[0], seed[0] < 0 ? -1 : 0, seed[1], seed[1] < 0 ? -1 : 0);
  encrypt(block, ...SEED_KEY);
  const [key0, key1, start2, start3] = block;
  const values = new Float32Array(size);
  for (let group = 0; group * 4 < size; group++) {
    block[0] = group;
    // The second word of the counter stays 0: a Float32Array cannot hold more than 2³² groups.
    block[1] = 0;
    block[2] = start2;
    block[3] = start3;
    encrypt(block, key0, key1);
    for (let i = 0; i < 4 && group * 4 + i < size; i++) {
      values[group * 4 + i] = (block[i] & 0x7fffff) / 0x800000;
    }
  }
  return values;
}

/** Applies the ten rounds to a block, in place. */
function encrypt(block: Uint32Array, key0: number, key1: number): void {
  for (let round = 0; round < ROUNDS; round++) {
    const [a, b, c, d] = block;
    block[0] = highWord(MULTIPLIER_1, c) ^ b ^ key0;
    block[1] = Math.imul(MULTIPLIER_1, c);
    block[2] = highWord(MULTIPLIER_0, a) ^ d ^ key1;
    block[3] = Math.imul(MULTIPLIER_0, a);
    key0 = (key0 + KEY_STEP_0) >>> 0;
    key1 = (key1 + KEY_STEP_1) >>> 0;
  }
}

/** Returns the upper 32 bits of the product of two unsigned 32-bit integers. */
function highWord(a: number, b: number): number {
  const aLow = a & 0xffff, aHigh = a >>> 16, bLow = b & 0xffff, bHigh = b >>> 16;
  const middle = aHigh * bLow + ((aLow * bLow) >>> 16);
  return aHigh * bHigh + Math.floor((middle + aLow * bHigh) / 0x10000);
}

/**
 * Random numbers of each image.
 *
 * @module
 */
import { bits, type Rng, rng, uniform } from "../../core/rng.ts";

/**
 * A random stream that can be repositioned for each image: its numbers depend only on the seed and the image's number,
 * not on what was drawn before, nor on the worker that draws.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const random = new ImageRandom(1);
 * random.moveTo(5);
 * const first = random.uniform();
 * random.moveTo(6);
 * random.moveTo(5);
 * assertEquals(random.uniform(), first);
 * ```
 */
export class ImageRandom implements Rng {
  readonly #base: number;
  #seed = 0;
  #position = 0;

  /**
   * Creates the stream of a seed, at image 0.
   *
   * @param seed Any integer.
   */
  constructor(seed: number) {
    // Forked, because a sampler with the same seed draws from the seed itself.
    this.#base = rng(seed).fork("augmentation").seed;
    this.moveTo(0);
  }

  /** Seed of the current image's stream. */
  get seed(): number {
    return this.#seed;
  }

  /** Count of numbers drawn for the current image. */
  get position(): number {
    return this.#position;
  }

  /**
   * Moves to the beginning of an image's stream.
   *
   * @param number Number of images drawn before it, from 0.
   */
  moveTo(number: number): void {
    this.#seed = (bits(this.#base, 2 * number) >>> 11) * 4294967296 +
      bits(this.#base, 2 * number + 1);
    this.#position = 0;
  }

  /** Draws a uniform number in [0, 1). */
  uniform(): number {
    return uniform(this.#seed, this.#position++);
  }

  /** Draws a standard normal number. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Draws an integer in [0, n). */
  below(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** Forks an independent stream, without advancing this one. */
  fork(name: string | number): Rng {
    return rng(this.#seed).fork(name);
  }
}

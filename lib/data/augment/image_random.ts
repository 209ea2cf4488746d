/**
 * The random numbers of one image.
 *
 * @module
 */
import { bits, type Rng, rng, uniform } from "../../core/rng.ts";

/**
 * A random stream that is moved from image to image: what it gives for an image depends only on
 * the seed and on the image's number, whatever was drawn before and by whichever worker.
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
   * Opens the streams of a seed, at image 0.
   *
   * @param seed Any integer.
   */
  constructor(seed: number) {
    // A stream of its own: a sampler with the same seed draws from the seed itself.
    this.#base = rng(seed).fork("augmentation").seed;
    this.moveTo(0);
  }

  /** Seed of the image's stream. */
  get seed(): number {
    return this.#seed;
  }

  /** Numbers drawn for this image so far. */
  get position(): number {
    return this.#position;
  }

  /**
   * Goes to the beginning of an image's stream.
   *
   * @param number Number of the drawn image, from 0.
   */
  moveTo(number: number): void {
    this.#seed = (bits(this.#base, 2 * number) >>> 11) * 4294967296 +
      bits(this.#base, 2 * number + 1);
    this.#position = 0;
  }

  /** A number from 0 up to, but without, 1. */
  uniform(): number {
    return uniform(this.#seed, this.#position++);
  }

  /** A standard normal number. */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  /** An integer from 0 to n − 1. */
  below(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** An independent stream; drawing from it does not move this one. */
  fork(name: string | number): Rng {
    return rng(this.#seed).fork(name);
  }
}

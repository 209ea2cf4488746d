/**
 * What a sampler returns.
 *
 * @module
 */

/** An endless stream of image indices that can stop and go on from where it was. */
export interface IndexStream extends Iterable<number> {
  /** Number of indices drawn so far: enough, with the seed, to resume. */
  readonly position: number;
  /** Fills an array with the next indices: the fast way to draw many. */
  fill<T extends Int32Array | Uint32Array | Float64Array>(out: T): T;
}

/** Options that every sampler has. */
export interface SamplerOptions {
  /** Seed of the stream; the same seed gives the same indices on every machine. */
  seed: number;
  /**
   * Indices to skip before the first one returned.
   *
   * @default {0}
   */
  position?: number;
  /**
   * Which share of the stream to take: worker `index` of `count` gets every `count`-th index.
   *
   * @default {{ index: 0, count: 1 }}
   */
  shard?: { index: number; count: number };
}

/** Draws image indices from labels. */
export type Sampler = (labels: ArrayLike<number>, options: SamplerOptions) => IndexStream;

/**
 * Makes a stream of a function that tells the index at every place: such a stream can be resumed and shared
 * among workers without drawing what came before.
 *
 * @param options Starting position and shard.
 * @param at The index at a place of the whole stream, from 0.
 * @param table Where `at` gives places in a table instead: the indices that stand there.
 * @returns The stream.
 * @throws {TypeError} If the seed is not an integer.
 * @throws {RangeError} If position or shard are out of their ranges.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const squares = streamOf({ seed: 0, position: 1 }, (place) => place ** 2);
 * assertEquals(squares.fill(new Int32Array(3)), Int32Array.of(1, 4, 9));
 * ```
 */
export function streamOf(
  options: SamplerOptions,
  at: (place: number) => number,
  table?: ArrayLike<number>,
): IndexStream {
  const { seed, position = 0, shard: { index, count } = { index: 0, count: 1 } } = options;
  if (!Number.isSafeInteger(seed)) {
    throw new TypeError(`Expected a seed to be an integer but found ${seed}`);
  }
  if (!Number.isSafeInteger(position) || position < 0) {
    throw new RangeError(`Expected position to be an integer of at least 0 but found ${position}`);
  }
  if (!Number.isSafeInteger(count) || !Number.isSafeInteger(index) || index < 0 || index >= count) {
    throw new RangeError(
      `Expected a shard from 0 to below its count but found ${index} of ${count}`,
    );
  }
  let drawn = position;
  const next = () => at(drawn++ * count + index);
  return {
    get position() {
      return drawn;
    },
    fill(out) {
      for (let i = 0; i < out.length; i++) out[i] = next();
      // In a loop of its own, in which the processor waits for many places of a large table at once.
      if (table) {
        for (let i = 0; i < out.length; i++) out[i] = table[out[i]];
      }
      return out;
    },
    *[Symbol.iterator]() {
      for (;;) yield table ? table[next()] : next();
    },
  };
}

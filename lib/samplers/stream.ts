/**
 * Streams of image indices, as returned by samplers.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";

/** An endless, resumable stream of image indices. */
export interface IndexStream extends Iterable<number> {
  /** Number of indices drawn so far, which together with the seed suffices to resume. */
  readonly position: number;
  /** Fills an array with the next indices; faster than iterating. */
  fill<T extends Int32Array | Uint32Array | Float64Array>(out: T): T;
}

/** Options of every sampler. */
export interface SamplerOptions {
  /** Seed of the stream; indices are reproducible on every machine. */
  seed: number;
  /**
   * Indices to skip before the first one returned.
   *
   * @default {0}
   */
  position?: number;
  /**
   * Shard of the stream: worker `index` of `count` gets every `count`-th index.
   *
   * @default {{ index: 0, count: 1 }}
   */
  shard?: { index: number; count: number };
}

/** Draws image indices from labels. */
export type Sampler = (labels: ArrayLike<number>, options: SamplerOptions) => IndexStream;

/**
 * Creates a stream from a function of the position. Such a stream can be resumed and sharded without drawing the
 * preceding indices.
 *
 * @param options Starting position and shard.
 * @param at The index at a position of the unsharded stream, from 0.
 * @param table Lookup table of the indices, if `at` returns positions in it.
 * @returns The stream.
 * @throws {TypeError} If the seed is not an integer.
 * @throws {RangeError} If position or shard are out of their ranges.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { streamOf } from "@nbn/toolkit/samplers";
 *
 * const squares = streamOf({ seed: 0, position: 1 }, (position) => position ** 2);
 * assertEquals(squares.fill(new Int32Array(3)), Int32Array.of(1, 4, 9));
 * ```
 */
export function streamOf(
  options: SamplerOptions,
  at: (position: number) => number,
  table?: ArrayLike<number>,
): IndexStream {
  const { seed, position = 0, shard: { index, count } = { index: 0, count: 1 } } = options;
  if (!Number.isSafeInteger(seed)) {
    throw new TypeError(`Expected a seed to be an integer but found ${seed}`);
  }
  expectRange("an integer of at least 0", { position });
  if (!Number.isSafeInteger(count) || !Number.isSafeInteger(index) || index < 0 || index >= count) {
    throw new RangeError(
      `Expected the index of a shard to be from 0 to count − 1 but found ${index} of ${count}`,
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
      // A separate loop lets the processor overlap the cache misses of a large table.
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

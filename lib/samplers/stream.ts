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

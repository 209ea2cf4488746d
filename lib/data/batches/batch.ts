/**
 * What a step of a training takes.
 *
 * @module
 */

/** Images ready for a network, with their labels. */
export interface Batch {
  /**
   * Shape `[batch, height, width, channels]`, augmented and normalised; of several views `[views · batch, …]`, all
   * first views before all second ones.
   */
  readonly images: Float32Array;
  /** Class of each image, `[batch]`. */
  readonly labels: Int32Array;
  /** Place of each image in the data set, `[batch]`. */
  readonly indices: Int32Array;
  /** Position of the index stream after this batch: with it, the next batch can be had again. */
  readonly position: number;
}

/** Batches that are prepared while the ones before are used. */
export interface Batches extends AsyncIterable<Batch> {
  /** Stops preparing and ends the threads; leaving a `for await` does so too. */
  close(): Promise<void>;
}

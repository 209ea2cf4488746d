/**
 * Batches of images for a training step.
 *
 * @module
 */

/** Images ready for the network, with their labels. */
export interface Batch {
  /**
   * Shape `[batch, height, width, channels]`, augmented and normalised; with several views `[views · batch, …]`, all
   * first views before all second ones. If a part of each batch was asked for, only the images of that part.
   */
  readonly images: Float32Array;
  /** Class of each image, `[batch]`. */
  readonly labels: Int32Array;
  /** Index of each image in the data set, `[batch]`. */
  readonly indices: Int32Array;
  /** Position of the index stream after this batch; a stream opened there yields the next batch. */
  readonly position: number;
}

/** Batches that are prepared ahead of their use. */
export interface Batches extends AsyncIterable<Batch> {
  /** Stops preparing and terminates the threads; leaving a `for await` loop does so, too. */
  close(): Promise<void>;
}

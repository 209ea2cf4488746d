/**
 * Batches: images augmented, normalised and collated off the main thread.
 *
 * @module
 */
export type { Batch, Batches } from "./batch.ts";
export { batches, type BatchesOptions } from "./batches.ts";
export { orderedBatches, type OrderedBatchesOptions } from "./ordered.ts";

/**
 * Trainings for the tests of clusters.
 *
 * @module
 */
import type { TrainOptions } from "../../../lib/settings/train_options.ts";
import { smallImages } from "../small_images.ts";

/** Options of a training that can be passed to another process. */
export type Plain = Pick<
  TrainOptions,
  | ("recipe" | "batch" | "iterations" | "lr" | "seed" | "out" | "resume" | "syncBatchNorm")
  | ("accumulate" | "clipNorm" | "peerTimeout" | "evaluateEvery" | "checkpointEvery")
>;

/** What a process does: its address, its trainings, and a fault. */
export interface Orders {
  readonly addresses: readonly string[];
  readonly rank: number;
  readonly runs: readonly Plain[];
  /** What happens when so many batches have been drawn. */
  readonly fault?: { readonly kind: "kill" | "freeze" | "stop"; readonly after: number };
}

/** What a process reports of a training. */
export interface Report {
  /** Loss of each step; on rank 0 only. */
  readonly losses: readonly number[];
  /** Mean loss and accuracy, and number of steps. */
  readonly result: readonly (number | null)[];
}

/**
 * Returns the options of a training on a tiny network and tiny images.
 *
 * @param plain The options that differ between tests.
 * @returns All options.
 */
export function optionsOf(plain: Plain): TrainOptions {
  const data = smallImages({ side: 8, max: 40, imbalance: 10 });
  return { data, architecture: "resnet8", width: 0.25, workers: 0, ...plain };
}

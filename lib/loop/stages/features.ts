/**
 * Features of a training set, for measurements between stages.
 *
 * @module
 */
import type { Params } from "../../core/tree.ts";
import { copyRows, forward } from "../../inference/forward.ts";
import { lossTaps } from "../taps.ts";
import type { StageTransition } from "./stage.ts";

/** Inputs of the classifier for all images of a data set. */
export interface Features {
  /** Features in row-major order, `[images, channels]`. */
  readonly values: Float32Array;
  /** Number of channels. */
  readonly channels: number;
  /** Class of each image. */
  readonly labels: Int32Array;
}

/**
 * Computes the embedding of every training image, without augmentation, in evaluation mode.
 *
 * @param transition State of the training.
 * @returns The features.
 * @throws {TypeError} If the network has no tap `embedding`.
 */
export async function trainingFeatures(
  { network, params, state, data, precision, signal }: StageTransition,
): Promise<Features> {
  const { train } = data;
  const embed = forward(({ images }, params: Params, state: Params) => {
    const { tap, found } = lossTaps(["features"]);
    network.apply(params, state, images, { training: false, tap });
    const { features } = found();
    if (features) return features.clone();
    throw new TypeError(
      `Expected ${network.name} to have a tap "embedding" of [batch, channels], which is measured, but found none`,
    );
  }, { precision, name: "features" });
  let values = new Float32Array(0), channels = 0;
  try {
    await embed.each([params, state], train, async (batch, first, count) => {
      if (first === 0) {
        channels = batch.shape[1]!;
        values = new Float32Array(train.labels.length * channels);
      }
      await copyRows(batch, values, first, count);
    }, signal);
  } finally {
    embed.dispose();
  }
  return { values, channels, labels: train.labels };
}

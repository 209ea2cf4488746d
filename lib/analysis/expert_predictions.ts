/**
 * Predictions of each expert of a network.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import type { ImageDataset } from "../data/dataset.ts";
import { countExperts } from "../nn/combine_experts.ts";
import type { ForwardOptions } from "../inference/forward.ts";
import { type Model, type Predictions, predictionsOf } from "../inference/predict.ts";
import { collectFeatures } from "./collect_features.ts";

/** Options of {@linkcode expertPredictions}. */
export interface ExpertPredictionsOptions extends ForwardOptions {
  /**
   * Factor of the logits, above 0. Use 30 for cosine logits, as in the experts of LDAM and RIDE; unscaled, their
   * softmax would be nearly uniform.
   *
   * @default {1}
   */
  readonly scale?: number;
}

/**
 * Predicts the class of every image in a data set with each expert separately, whereas `predict` averages the experts'
 * logits.
 *
 * @param model Network, parameters and statistics; the caller disposes of them.
 * @param dataset The images.
 * @param options Scale of the logits, batch size, precision.
 * @returns The predictions of each expert, in order.
 * @throws {RangeError} If the network has no experts, there is no image, the scale is not above 0, or the batch size is
 * not a positive integer.
 * @throws {DataError} If an image cannot be read.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { expertPredictions } from "@nbn/toolkit/analysis";
 * import { builtin } from "@nbn/toolkit/data";
 * import { engine } from "@nbn/toolkit/engine";
 * import { resnetCifar, ride } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const { test } = builtin({ testImages: 1 });
 * const network = ride(resnetCifar, { depth: 8, width: 0.25, classes: 10, experts: 2 });
 * const model = { network, ...network.init(0, test.shape) };
 * const experts = await expertPredictions(model, test, { scale: 30 });
 * assertEquals(experts.map(({ predicted }) => predicted.length), [10, 10]);
 * ```
 */
export async function expertPredictions(
  model: Model,
  dataset: ImageDataset,
  { scale = 1, ...options }: ExpertPredictionsOptions = {},
): Promise<Predictions[]> {
  expectRange("above 0", { scale });
  const count = countExperts(model.network, model.params);
  const taps = Array.from({ length: count }, (_, i) => `expert${i + 1}/logits`);
  const found = await collectFeatures(model, dataset, { ...options, taps });
  return taps.map((tap) =>
    predictionsOf(found[tap].values.map((logit) => scale * logit), dataset.labels)
  );
}

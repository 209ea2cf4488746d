/**
 * A training that takes milliseconds, for tests of what surrounds it.
 *
 * @module
 */
import { crossEntropy } from "../../lib/losses/mod.ts";
import type { TrainOptions } from "../../lib/settings/train_options.ts";
import { smallImages } from "./small_images.ts";
import { smallNetwork } from "./small_network.ts";

/** Data, network, loss and batch of the training. */
export const SMALL_TRAINING = {
  data: smallImages({ side: 8, max: 20, imbalance: 10 }),
  network: smallNetwork,
  loss: crossEntropy(),
  batch: 4,
} satisfies Partial<TrainOptions>;

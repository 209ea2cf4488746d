/**
 * Token `repeat-factor` of detection recipes.
 *
 * @module
 */
import type { ImageSamplingToken } from "../detection_token.ts";

/** Repeat-factor sampling. */
export const repeatFactorToken: ImageSamplingToken = {
  kind: "sampling of images",
  name: "repeat-factor",
  about: "images of rare classes repeated",
  source: "Gupta et al. 2019",
  functions: ["repeatFactorSampler", "trainingBatches"],
  follows:
    "random rounding of factors in every epoch, as LVIS's paper and Detectron2; mmdetection rounds up " +
    '(`repeat: { rounding: "up" }`)',
  rounding: "random",
};

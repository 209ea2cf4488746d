/**
 * Token `mask-rcnn`.
 *
 * @module
 */
import { maskRcnn } from "../../mask_rcnn/mask_rcnn.ts";
import type { DetectorToken } from "../detection_token.ts";

/** Mask R-CNN. */
export const maskRcnnToken: DetectorToken = {
  kind: "detector",
  name: "mask-rcnn",
  about: "Mask R-CNN with a feature pyramid and a normalised linear classifier",
  source: "He et al. 2017; Lin et al. 2017",
  functions: ["maskRcnn", "normalizedLinear"],
  follows:
    "mmdetection's configuration of Seesaw loss for LVIS v1, without repeat factors, as the numbers " +
    "of Table XIV suggest; regions are resampled at two points a bin in each direction",
  detector: (options) => maskRcnn({ ...options, normalized: true }),
};

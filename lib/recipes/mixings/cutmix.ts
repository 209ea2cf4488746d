/**
 * Token `cutmix`.
 *
 * @module
 */
import { cutMixBatches } from "../../loop/mixing.ts";
import type { MixingToken } from "./mixing_token.ts";

/** CutMix. */
export const cutmix: MixingToken = {
  kind: "mixing",
  name: "cutmix",
  about: "CutMix of the images of a batch",
  source: "Yun et al. 2019",
  functions: ["cutMix", "cutMixBatches"],
  brings: ["ce"],
  mixing: cutMixBatches,
};

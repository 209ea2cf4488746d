/**
 * Token `mixup`.
 *
 * @module
 */
import { mixupBatches } from "../../loop/mixing.ts";
import type { MixingToken } from "./mixing_token.ts";

/** Mixup. */
export const mixup: MixingToken = {
  kind: "mixing",
  name: "mixup",
  about: "mixup of the images of a batch",
  source: "Zhang et al. 2018",
  functions: ["mixup", "mixupBatches"],
  brings: ["ce"],
  // α 1 for images of 32 × 32 pixels, 0.2 for large ones.
  mixing: ({ scale }) => mixupBatches({ alpha: scale === "large" ? 0.2 : 1 }),
};

/**
 * Token `gcl`.
 *
 * @module
 */
import { gcl } from "../../losses/mod.ts";
import { sgd } from "../../optim/mod.ts";
import { constantOf } from "../data_sets/properties.ts";
import type { StageSetting } from "../recipe.ts";
import { cosine, type LossToken, PLAIN_BEHIND_LR } from "./loss_token.ts";

/**
 * Weight decay of GCL's stages in its authors' code.
 *
 * @param setting Data set.
 * @returns 2e-4; for Places-LT 5e-4.
 */
export function gclDecay({ dataSet }: Pick<StageSetting, "dataSet">): number {
  return constantOf(dataSet, { places: 5e-4 }, 2e-4);
}

/** Gaussian clouded logits. */
export const gclToken: LossToken = {
  kind: "loss",
  name: "gcl",
  about: "Gaussian clouded logits, first stage",
  follows: `${PLAIN_BEHIND_LR}; its authors' weight decay of 2e-4 (Places-LT: 5e-4)`,
  source: "Li et al. 2022",
  functions: ["gcl"],
  loss: (counts) => gcl(counts),
  head: cosine,
  rectified: { loss: (counts) => gcl(counts, { scale: 1 }) },
  first: (setting) => ({ optimizer: sgd({ weightDecay: gclDecay(setting) }) }),
};

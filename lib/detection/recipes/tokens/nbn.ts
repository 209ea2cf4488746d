/**
 * Token `nbn` of detection recipes.
 *
 * @module
 */
import { nbn } from "../../../nn/nbn.ts";
import type { BackboneNormToken } from "../detection_token.ts";

/** NBN. */
export const backboneNbnToken: BackboneNormToken = {
  kind: "norm of the backbone",
  name: "nbn",
  about: "NBN in the last stage of the backbone",
  source: "the paper, equation 2",
  functions: ["nbn"],
  follows:
    "the places of classification, since neither the paper nor its code tells those in a detector; with " +
    "--weights the lengths of γ and β become constants, so that the network starts as it was loaded",
  norm: () => nbn(),
};

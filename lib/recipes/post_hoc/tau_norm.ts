/**
 * Token `tau-norm`.
 *
 * @module
 */
import { selectTau } from "../../loop/stages/tau.ts";
import { measuringStage, type PostHocToken } from "./post_hoc_token.ts";

const FEATURES_TIMES_WEIGHTS = "requires logits that are features times weights";

/** τ-normalised classifier. */
export const tauNormToken: PostHocToken = {
  kind: "post-hoc method",
  name: "tau-norm",
  about: "τ-normalised classifier, τ chosen on the training set",
  source: "Kang et al. 2020",
  functions: ["tauNorm", "selectTau"],
  brings: ["ce"],
  needs: {
    "linear classifier": FEATURES_TIMES_WEIGHTS,
    "one classifier": "is for one classifier",
  },
  refuses: {
    lr: "changes the weights that LR's statistics belong to",
    "scaled logits": FEATURES_TIMES_WEIGHTS,
  },
  measure: () => measuringStage("tau-norm", selectTau()),
};

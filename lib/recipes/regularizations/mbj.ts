/**
 * Token `mbj`.
 *
 * @module
 */
import { mbj } from "../../losses/mod.ts";
import { DEFERRED } from "../deferrals/deferral_token.ts";
import { scaleOf } from "../losses/loss_token.ts";
import type { RegularizationToken } from "./regularization_token.ts";

/** Memory-based jitter. */
export const mbjToken: RegularizationToken = {
  kind: "regularisation",
  name: "mbj",
  about:
    "MBJ: a class-balanced memory of features, from which the classifier learns (a reconstruction)",
  source: "Liu et al. 2022, MBJ",
  functions: ["mbj"],
  follows:
    "its abstract and figures: a memory of features, sampled by class, with which the classifier is trained jointly. " +
    'Inferred: the probability n_min / n_c from "inverse frequency", a memory for each expert of RIDE. Chosen: its ' +
    "length (`size`), a loss of two means of equal weight (`weight`, `pooled`), its start after half the training in " +
    "four steps, with RIDE at once when the learning rate drops (`memoryFrom`, `steps`), the data set's schedule",
  brings: ["ce"],
  needs: {
    "logits only": "remembers one feature of each image",
    "plain logits": "applies the classifier to remembered features",
  },
  refuses: {
    "single loss": "adds a term to the loss",
    xerm: "would teach the teacher alone",
    distilled: "would teach the teacher alone",
  },
  regularize: (loss, { counts }, { loss: single, experts }) =>
    mbj(loss, counts, {
      scale: scaleOf(single),
      ...(experts ? { memoryFrom: DEFERRED, steps: 1 } : {}),
    }),
  rows: { "Table III": "MBJ" },
};

/**
 * Token `disalign`.
 *
 * @module
 */
import { disalign } from "../../losses/mod.ts";
import { withFeatures } from "../../nn/with_features.ts";
import { disalignLayer } from "../../post_hoc/disalign_layer.ts";
import { proportionalSteps, secondStage, type SecondStageToken } from "./second_stage_token.ts";

/** DisAlign. */
export const disalignToken: SecondStageToken = {
  kind: "second stage",
  name: "disalign",
  about: "DisAlign: calibrated logits, rare classes weighted",
  source: "Zhang et al. 2021",
  functions: ["disalign", "disalignLayer"],
  follows:
    "the paper's formula, σ·(s⊙z + b) + (1 − σ)·z with s from 1; circulating copies have (1 + σ·s)⊙z + σ·b and a " +
    "confidence that starts at weights of 0.1",
  brings: ["ce"],
  provides: ["scaled logits"],
  extend: (network) => withFeatures(network, "disalign", disalignLayer()),
  adds: "disalign",
  second: (setting) =>
    secondStage(setting, {
      name: "alignment",
      iterations: proportionalSteps(setting, 10, 90),
      rate: 0.1,
      loss: disalign(setting.counts),
      trains: ["disalign"],
    }),
  rows: { "Table III": "DisAlign" },
};

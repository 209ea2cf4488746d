/**
 * Token `lws`.
 *
 * @module
 */
import { crossEntropy } from "../../losses/mod.ts";
import { appendLayers } from "../../nn/append_layers.ts";
import { learnedScale } from "../../nn/learned_scale.ts";
import { classBalancedSampler } from "../../samplers/mod.ts";
import {
  DECOUPLING,
  followsCode,
  LINEAR,
  proportionalSteps,
  secondStage,
  type SecondStageToken,
} from "./second_stage_token.ts";

/** LWS. */
export const lws: SecondStageToken = {
  kind: "second stage",
  name: "lws",
  about: "LWS: one learned factor for each class",
  source: DECOUPLING,
  functions: ["learnedScale"],
  follows: followsCode("its authors'"),
  brings: ["ce"],
  provides: ["scaled logits"],
  needs: { ...LINEAR, "linear classifier": "scales the weights of a linear classifier" },
  extend: (network) => appendLayers(network, { lws: learnedScale() }),
  adds: "lws",
  second: (setting) =>
    secondStage(setting, {
      name: "scales",
      iterations: proportionalSteps(setting, 5, 90),
      rate: 0.2,
      loss: crossEntropy(),
      sampler: classBalancedSampler,
      trains: ["lws"],
      statistics: "shifting",
    }),
  rows: { "Table I": "decoupling LWS", "Table II": "decoupling LWS" },
};

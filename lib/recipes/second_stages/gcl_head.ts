/**
 * Token `gcl-head`.
 *
 * @module
 */
import { gcl } from "../../losses/mod.ts";
import { classBalancedSampler } from "../../samplers/mod.ts";
import { gclDecay } from "../losses/gcl.ts";
import { scaleOf } from "../losses/loss_token.ts";
import { proportionalSteps, secondStage, type SecondStageToken } from "./second_stage_token.ts";

/** Second stage of GCL. */
export const gclHead: SecondStageToken = {
  kind: "second stage",
  name: "gcl-head",
  about: "GCL's second stage: its head trained further, class-balanced",
  source: "Li et al. 2022",
  functions: ["gcl"],
  needs: { gcl: "trains the head of that loss further" },
  second: (setting, _first, { loss }) =>
    secondStage(setting, {
      name: "head",
      iterations: proportionalSteps(setting, 30, 200),
      rate: 0.1,
      weightDecay: gclDecay(setting),
      loss: gcl(setting.counts, {
        // After LR the head returns plain logits.
        scale: scaleOf(loss) === 1 ? 1 : 20,
        margin: 0.1,
        gamma: 1,
      }),
      sampler: classBalancedSampler,
      trains: ["head", "lr"],
    }),
  rows: { "Table III": "GCL" },
};

/**
 * Token `routed`.
 *
 * @module
 */
import { expertAssignment } from "../../losses/mod.ts";
import { routedExperts } from "../../nn/routed_experts.ts";
import { classBalancedSampler } from "../../samplers/mod.ts";
import { scaleOf } from "../losses/loss_token.ts";
import { proportionalSteps, secondStage, type SecondStageToken } from "./second_stage_token.ts";

/** Routers between the experts of RIDE. */
export const routed: SecondStageToken = {
  kind: "second stage",
  name: "routed",
  about: "routers that send an image on to the next expert only where that helps",
  source: "Wang et al. 2021, RIDE",
  functions: ["routedExperts", "expertAssignment"],
  needs: { experts: "routes between experts" },
  extend: (network, loss) => routedExperts(network, { scale: scaleOf(loss) }),
  adds: "router",
  second: (setting) =>
    secondStage(setting, {
      name: "routers",
      iterations: proportionalSteps(setting, 5, setting.dataSet.scale === "large" ? 100 : 200),
      rate: 0.01,
      loss: expertAssignment(),
      sampler: classBalancedSampler,
      trains: ["router"],
    }),
  example: "ride3+routed",
};

/**
 * Token `iif-head`.
 *
 * @module
 */
import { setLogitFactors } from "../../loop/stages/logit_factors.ts";
import { crossEntropy, iifWeights } from "../../losses/mod.ts";
import { appendLayers } from "../../nn/append_layers.ts";
import { boundedCosine } from "../../nn/bounded_cosine.ts";
import { scaledLogits } from "../../nn/scaled_logits.ts";
import { constantSchedule } from "../../optim/mod.ts";
import {
  FIRST_CE,
  LINEAR,
  proportionalSteps,
  secondStage,
  type SecondStageToken,
} from "./second_stage_token.ts";

/**
 * IIF in two stages. As in the authors' code, the first stage uses plain cross-entropy, and the factors apply in the
 * second stage and at test time, while the `iif` tokens apply them from the first step on. The head continues from the
 * first stage.
 */
export const iifHead: SecondStageToken = {
  kind: "second stage",
  name: "iif-head",
  about: "IIF, decoupled: its cosine head by cross-entropy, then trained further with its factors",
  source: "Alexandridis et al. 2023",
  functions: ["iifWeights", "boundedCosine", "setLogitFactors"],
  brings: ["ce"],
  needs: { ...FIRST_CE, "one classifier": LINEAR["one classifier"] },
  head: (classes) => boundedCosine({ units: classes }),
  extend: (network, _loss, counts) =>
    appendLayers(network, { iif: scaledLogits(counts.map(() => 1)) }),
  second(setting) {
    const { rate, epochs, of } = setting.dataSet.scale === "large"
      ? { rate: 2e-5, epochs: 5, of: 200 }
      : { rate: 1e-4, epochs: 20, of: 400 };
    return secondStage(setting, {
      name: "head",
      iterations: proportionalSteps(setting, epochs, of),
      rate,
      schedule: constantSchedule(rate),
      weightDecay: 1e-4,
      loss: crossEntropy(),
      trains: ["head", "lr"],
      begin: setLogitFactors("iif", iifWeights(setting.counts, { form: "smooth" })),
    });
  },
  rows: { "Table II": "IIF" },
};

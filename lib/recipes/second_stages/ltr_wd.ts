/**
 * Token `ltr-wd`.
 *
 * @module
 */
import { measureMaxNorm, projectMaxNorm } from "../../loop/stages/max_norm.ts";
import { effectiveNumberWeights, softmaxBinary } from "../../losses/mod.ts";
import { sgd } from "../../optim/mod.ts";
import {
  cosineSchedule,
  FIRST_CE,
  followsCode,
  LINEAR,
  proportionalSteps,
  secondStage,
  type SecondStageToken,
} from "./second_stage_token.ts";

/** Learning rate per image of the batch: 0.01 for a batch of 64. */
const RATE = 0.01 / 64;

/** LTR-WD. */
export const ltrWd: SecondStageToken = {
  kind: "second stage",
  name: "ltr-wd",
  about: "LTR-WD: strong weight decay, then the head with MaxNorm",
  source: "Alshammari et al. 2022",
  functions: ["softmaxBinary", "projectMaxNorm"],
  follows: followsCode("its authors'"),
  brings: ["ce"],
  needs: {
    ...LINEAR,
    ...FIRST_CE,
    "linear classifier": "limits the weights of a linear classifier",
  },
  first: ({ batch, iterations }) => ({
    schedule: cosineSchedule(RATE * batch, iterations),
    optimizer: sgd({ weightDecay: 5e-3 }),
  }),
  second: (setting) =>
    secondStage(setting, {
      name: "head",
      iterations: proportionalSteps(setting, 10, 320),
      rate: RATE * setting.batch,
      weightDecay: 0.1,
      loss: softmaxBinary({ weights: effectiveNumberWeights(setting.counts, 0.9999) }),
      trains: ["head", "lr"],
      statistics: "shifting",
      begin: measureMaxNorm(),
      projection: projectMaxNorm(),
    }),
  rows: { "Table III": "LTR-WD" },
};

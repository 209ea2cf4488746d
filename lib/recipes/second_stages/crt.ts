/**
 * Tokens `crt` and `crt-magnitude`.
 *
 * @module
 */
import { reinitialise } from "../../loop/stages/classifier.ts";
import { crossEntropy } from "../../losses/mod.ts";
import { classBalancedSampler } from "../../samplers/mod.ts";
import {
  DECOUPLING,
  followsCode,
  LINEAR,
  proportionalSteps,
  secondStage,
  type SecondStageToken,
} from "./second_stage_token.ts";

/** Makes a stage that retrains the classifier with class-balanced sampling. */
function retrained(trains: readonly string[]): SecondStageToken["second"] {
  return (setting) =>
    secondStage(setting, {
      name: "classifier",
      iterations: proportionalSteps(setting, 10, 90),
      rate: 0.2,
      loss: crossEntropy(),
      sampler: classBalancedSampler,
      // A new classifier needs new statistics of LR.
      trains: [...trains, "lr"],
      statistics: "shifting",
      begin: reinitialise(["head"]),
    });
}

/** cRT. */
export const crt: SecondStageToken = {
  kind: "second stage",
  name: "crt",
  about: "cRT: a new classifier on the fixed features, class-balanced",
  source: DECOUPLING,
  functions: ["reinitialise", "classBalancedSampler"],
  follows: followsCode("its authors'"),
  brings: ["ce"],
  needs: LINEAR,
  second: retrained(["head"]),
  rows: {
    "Table II": "decoupling cRT",
    "Table III": "decoupling cRT",
    "Table VIII": "Stage 2, Baseline",
  },
};

/** NBN*. */
export const crtMagnitude: SecondStageToken = {
  kind: "second stage",
  name: "crt-magnitude",
  about: "NBN*: cRT that also trains NBN's magnitude",
  source: "the paper, Table VIII",
  functions: ["reinitialise", "nbn"],
  follows: followsCode("the paper's"),
  brings: ["ce"],
  needs: { ...LINEAR, nbn: "trains the magnitude of NBN" },
  second: retrained(["head", "nbn"]),
  rows: { "Table VIII": "Stage 2, NBN*" },
};

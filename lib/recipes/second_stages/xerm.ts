/**
 * Token `xerm`.
 *
 * @module
 */
import type { Stage } from "../../loop/stages/stage.ts";
import { keepTeacher } from "../../loop/stages/teacher.ts";
import { withTeacher, xerm, xermExperts } from "../../losses/mod.ts";
import { sgd } from "../../optim/mod.ts";
import { constantOf } from "../data_sets/properties.ts";
import { rideStage } from "../experts/ride_stage.ts";
import { scaleOf } from "../losses/loss_token.ts";
import type { StageSetting } from "../recipe.ts";
import { cosineSchedule, FIRST_CE, type SecondStageToken } from "./second_stage_token.ts";

/** Learning rate and weight decay of xERM's student. */
function studentStage({ dataSet, iterations, batch }: StageSetting): Partial<Stage> {
  return dataSet.scale === "large"
    ? {
      schedule: cosineSchedule(0.05 * batch / 256, iterations),
      optimizer: sgd({ weightDecay: 5e-4 }),
    }
    : { optimizer: sgd({ weightDecay: 1e-4 }) };
}

/** xERM. */
export const xermToken: SecondStageToken = {
  kind: "second stage",
  name: "xerm",
  about: "xERM: a student that starts from a cross-entropy teacher",
  source: "Zhu et al. 2022",
  functions: ["xerm", "xermExperts", "keepTeacher"],
  follows:
    "its authors' student: on large images a rate of 0.05 for a batch of 256 along a cosine and weight decay 5e-4, on " +
    "small ones the first stage's rate and 1e-4",
  brings: ["ce"],
  needs: FIRST_CE,
  refuses: { "soft targets": "has a loss that accepts one label per image" },
  second: (setting, first, { loss, experts }) => ({
    ...first,
    name: "student",
    iterations: setting.iterations,
    begin: keepTeacher(),
    ...(experts
      // As in the authors' code for RIDE, whose learning rate drops at epochs 120 and 160 of 200.
      ? {
        loss: xermExperts(setting.counts, { scale: scaleOf(loss) }),
        ...rideStage(setting, { drops: [0.6, 0.8], weightDecay: 2e-4 }),
      }
      : {
        loss: withTeacher(
          xerm(setting.counts, { gamma: constantOf(setting.dataSet, { cifar100: 1.5 }, 2) }),
        ),
        ...studentStage(setting),
      }),
  }),
  rows: { "Table II": "xERM" },
};

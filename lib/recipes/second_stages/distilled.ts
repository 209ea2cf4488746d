/**
 * Token `distilled`.
 *
 * @module
 */
import { keepTeacher } from "../../loop/stages/teacher.ts";
import { rideOf } from "../experts/ride.ts";
import { rideStage } from "../experts/ride_stage.ts";
import type { SecondStageToken } from "./second_stage_token.ts";

/** RIDE distilled from more experts. */
export const distilled: SecondStageToken = {
  kind: "second stage",
  name: "distilled",
  about: "distilled RIDE: first a teacher of six experts, then the recipe's experts as its student",
  source: "Wang et al. 2021, RIDE",
  functions: ["rideDistillation", "keepTeacher"],
  needs: { experts: "trains experts by a teacher of six" },
  teacher: rideOf(6, { cifar100: -0.1 }),
  second: (setting, first, { loss, experts }) => ({
    ...first,
    // The recipe's own network again, not the teacher's.
    network: undefined,
    name: "student",
    iterations: setting.iterations,
    loss: experts!.distilled(loss, setting),
    // For CIFAR-100 the authors warm up for 20 of 200 epochs here.
    ...rideStage(setting, setting.dataSet.scale === "large" ? {} : { warmup: 0.1 }),
    begin: keepTeacher(),
  }),
  example: "ride3+distilled",
};

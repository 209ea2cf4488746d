/**
 * Profiling a training step.
 *
 * @module
 */
import { disposeTree } from "../core/tree.ts";
import type { OperationProfile } from "../engine/profile.ts";
import type { TrainOptions } from "../settings/train_options.ts";
import { makePlan } from "./plan.ts";
import { stageStep } from "../loop/stage_steps.ts";
import { initialState } from "./initial_state.ts";

/**
 * Times the operations of a step of the first stage, as {@linkcode train} would run it, on random images.
 *
 * @param options As for `train()`; options about the run folder, logs and progress are ignored.
 * @returns Operations in descending order of time.
 * @throws {EngineError} On the fallback backends, which do not support profiling.
 *
 * @example
 * ```ts
 * import { engine } from "@nbn/toolkit/engine";
 * import { profileTraining } from "@nbn/toolkit/train";
 *
 * if ((await engine()).backend === "tensorflow") {
 *   const [slowest] = await profileTraining({ recipe: "builtin/ce", batch: 8 });
 *   console.log(slowest.operation, slowest.share);
 * }
 * ```
 */
export async function profileTraining(options: TrainOptions): Promise<OperationProfile[]> {
  const plan = await makePlan(options);
  const step = stageStep(plan, 0);
  const { params, state, optimizer, loss = {} } = await initialState(plan);
  const training = { params, state, optimizer, loss };
  try {
    return await step.profile(training, [plan.batch, ...plan.data.train.shape]);
  } finally {
    for (const tree of Object.values(training)) disposeTree(tree);
    step.dispose();
  }
}

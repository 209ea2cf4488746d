/**
 * Profiling a training step.
 *
 * @module
 */
import { disposeTree } from "../core/tree.ts";
import { engine } from "../engine/engine.ts";
import type { OperationProfile } from "../engine/profile.ts";
import type { TrainOptions } from "../settings/train_options.ts";
import { makePlan } from "./plan.ts";
import { resolvePrecision } from "../engine/precision.ts";
import { stageStep } from "../loop/stage_step.ts";
import { start } from "./start.ts";

/**
 * Times the operations of a step of the first stage, as {@linkcode train} would run it, on random images.
 *
 * @param options As for `train()`; options about the run folder, logs and progress are ignored.
 * @returns Operations in descending order of time.
 * @throws {EngineError} On the fallback backends, which do not support profiling.
 *
 * @example
 * ```ts
 * import { engine } from "../engine/engine.ts";
 *
 * if ((await engine()).backend === "tensorflow") {
 *   const [slowest] = await profileTraining({ recipe: "builtin/ce", batch: 8 });
 *   console.log(slowest.operation, slowest.share);
 * }
 * ```
 */
export async function profileTraining(options: TrainOptions): Promise<OperationProfile[]> {
  const running = await engine();
  const wished = await makePlan(options);
  const { precision } = resolvePrecision(wished.precision, running, options.forcePrecision);
  const plan = { ...wished, precision };
  const step = stageStep(plan, 0);
  const { params, state, optimizer, loss = {} } = await start(plan);
  const training = { params, state, optimizer, loss };
  try {
    return step.profile(training, [plan.batch, ...plan.data.train.shape]);
  } finally {
    for (const tree of Object.values(training)) disposeTree(tree);
    step.dispose();
  }
}

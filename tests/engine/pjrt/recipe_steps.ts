/**
 * Training steps of recipes, on the processor or on an accelerator.
 *
 * @module
 */
import { disposeTree, flatten } from "../../../lib/core/tree.ts";
import type { Accelerator } from "../../../lib/engine/pjrt/accelerator.ts";
import type { Precision } from "../../../lib/engine/precision.ts";
import { currentBackend } from "../../../lib/engine/tensorflow/current_backend.ts";
import type { StepState } from "../../../lib/loop/step_definition.ts";
import { stageSteps } from "../../../lib/loop/stage_steps.ts";
import { initialState } from "../../../lib/train/initial_state.ts";
import { makePlan } from "../../../lib/train/plan.ts";
import { smallImages } from "../../train/small_images.ts";

/** Ten recipes with operations of their own: statistics, margins, random numbers, experts, contrast, sums by class. */
export const RECIPES: readonly string[] = [
  "builtin/ce+nbn+lr",
  "builtin/gcl",
  "builtin/ldam-drw",
  "builtin/seesaw",
  "builtin/ride3+nbn+lr",
  "builtin/bcl+nbn+lr",
  "builtin/paco",
  "builtin/dtrg",
  "builtin/tsc",
  "builtin/ce+mixup",
];

/**
 * A larger rate amplifies rounding: at 0.01, changing TensorFlow's own parameters by 10⁻⁶ changes the loss of paco by a
 * tenth within 20 steps.
 */
const RATE = 0.001;

const data = smallImages({ side: 8, max: 20, imbalance: 10 });

/** What steps have computed. */
export interface StepResults {
  /** Loss of each step. */
  readonly losses: readonly number[];
  /** All tensors of the training after the first step, by path. */
  readonly after: readonly (readonly [path: string, values: Float32Array])[];
}

/**
 * Runs the first steps of a recipe on images of 8×8 pixels.
 *
 * @param recipe Name of the recipe.
 * @param count Number of steps.
 * @param on The accelerator; the processor without one.
 * @param precision Precision, whatever the processor is fast with.
 * @returns What they computed.
 */
export async function firstSteps(
  recipe: string,
  count: number,
  on: Accelerator | undefined,
  precision: Precision = "float32",
): Promise<StepResults> {
  currentBackend().accelerator = on;
  const plan = await makePlan({
    ...{ recipe, data, iterations: count, batch: 8, workers: 0, seed: 0 },
    ...{ precision, forcePrecision: true },
  });
  const steps = stageSteps(plan, 0, 0), losses: number[] = [];
  const { params, state, optimizer, loss = {} } = await initialState(plan);
  let training: StepState = { params, state, optimizer, loss };
  let after: [string, Float32Array][] = [];
  try {
    for (let iteration = 0; iteration < count; iteration++) {
      const next = { iteration, rate: RATE, memory: {}, isLast: iteration === count - 1 };
      const output = await steps.next(training, next);
      for (const tree of Object.values(training)) disposeTree(tree);
      training = output.training;
      losses.push((await output.report()).loss);
      if (iteration > 0) continue;
      after = await Promise.all(
        flatten(training).map(async ([path, tensor]): Promise<[string, Float32Array]> => [
          path,
          Float32Array.from(await tensor.data()),
        ]),
      );
    }
  } finally {
    await steps.close();
    for (const tree of Object.values(training)) disposeTree(tree);
  }
  return { losses, after };
}

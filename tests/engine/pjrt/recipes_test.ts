/**
 * The first steps of recipes on an accelerator and by TensorFlow, each beside the same steps in float64.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { disposeTree, flatten } from "../../../lib/core/tree.ts";
import { Accelerator } from "../../../lib/engine/pjrt/accelerator.ts";
import { currentBackend } from "../../../lib/engine/tensorflow/current_backend.ts";
import type { StepState } from "../../../lib/loop/compute_step.ts";
import { stageSteps } from "../../../lib/loop/stage_steps.ts";
import { initialState } from "../../../lib/train/initial_state.ts";
import { makePlan } from "../../../lib/train/plan.ts";
import { ALL } from "../../long.ts";
import { smallImages } from "../../train/small_images.ts";
import { inFloat64 } from "./in_float64.ts";
import { accelerator, testOnPlugin } from "./on_plugin.ts";

const data = smallImages({ side: 8, max: 20, imbalance: 10 });
const STEPS = 20;

/**
 * A larger rate amplifies rounding: at 0.01, changing TensorFlow's own parameters by 10⁻⁶ changes the loss of paco by a
 * tenth within 20 steps.
 */
const RATE = 0.001;

/** The plugin's device, computing in float64 between the inputs and outputs of a program. */
const exact = accelerator && new Accelerator(
  accelerator.client,
  accelerator.device,
  { program: (module) => accelerator!.programs.program(inFloat64(module)) },
  { tf32: false },
);

/** Losses of the first steps of a recipe, and all tensors after the first step. */
async function firstSteps(recipe: string, on: Accelerator | undefined) {
  currentBackend().accelerator = on;
  const plan = await makePlan({ recipe, data, iterations: STEPS, batch: 8, workers: 0, seed: 0 });
  const steps = stageSteps(plan, 0, 0), losses: number[] = [];
  const { params, state, optimizer, loss = {} } = await initialState(plan);
  let training: StepState = { params, state, optimizer, loss };
  let after: [path: string, values: Float32Array][] = [];
  for (let iteration = 0; iteration < STEPS; iteration++) {
    const next = { iteration, rate: RATE, memory: {}, isLast: iteration === STEPS - 1 };
    const output = await steps.next(training, next);
    for (const tree of Object.values(training)) disposeTree(tree);
    training = output.training;
    losses.push((await output.report()).loss);
    if (iteration > 0) continue;
    after = await Promise.all(
      flatten(training).map(async ([path, tensor]) =>
        [path, Float32Array.from(await tensor.data())] as [string, Float32Array]
      ),
    );
  }
  await steps.close();
  for (const tree of Object.values(training)) disposeTree(tree);
  return { losses, after };
}

/** Relative distance of two lists of tensors as one vector each. */
function distance(one: readonly (readonly [string, Float32Array])[], other: typeof one): number {
  let difference = 0, length = 0;
  for (const [i, [path, values]] of one.entries()) {
    assertEquals(other[i][0], path);
    for (const [k, value] of values.entries()) {
      difference += (value - other[i][1][k]) ** 2;
      length += value ** 2;
    }
  }
  return Math.sqrt(difference / length);
}

/** Largest relative difference of two lists of losses. */
function apart(one: readonly number[], other: readonly number[]): number {
  return Math.max(...one.map((loss, step) => Math.abs(loss / other[step] - 1)));
}

// Each with operations of its own: statistics, margins, random numbers, several experts, contrast, sums by class.
const RECIPES = [
  ...[
    "ce+nbn+lr",
    "gcl",
    "ldam-drw",
    "seesaw",
    "ride3+nbn+lr",
    "bcl+nbn+lr",
    "paco",
    "dtrg",
    "tsc",
  ],
  "ce+mixup",
];

for (const [i, method] of RECIPES.entries()) {
  // Recording and compiling a step takes seconds.
  if (i >= 2 && !ALL) continue;
  testOnPlugin(
    `${STEPS} steps of ${method} are TensorFlow's${i < 2 ? "" : " (long)"}`,
    async () => {
      const [reference, ours, tensorflows] = [
        await firstSteps(`builtin/${method}`, exact),
        await firstSteps(`builtin/${method}`, accelerator),
        await firstSteps(`builtin/${method}`, undefined),
      ];
      const states = [ours, tensorflows].map(({ after }) => distance(after, reference.after));
      const losses = [ours, tensorflows].map((found) => apart(found.losses, reference.losses));
      console.log(
        method,
        states,
        losses,
        distance(ours.after, tensorflows.after),
        apart(ours.losses, tensorflows.losses),
      );
      assert(1);
    },
  );
}

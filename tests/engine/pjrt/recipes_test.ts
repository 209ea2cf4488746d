/**
 * The first steps of recipes on an accelerator and by TensorFlow, each beside the same steps in float64.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { Accelerator } from "../../../lib/engine/pjrt/accelerator.ts";
import { ALL } from "../../long.ts";
import { inFloat64 } from "./in_float64.ts";
import { accelerator, testOnPlugin } from "./on_plugin.ts";
import { firstSteps, RECIPES, type StepResults } from "./recipe_steps.ts";

const STEPS = 20;

/**
 * What is allowed besides TensorFlow's own rounding, which differs between processors. It can be as large as 10⁻⁴: where
 * an activation is within rounding of 0, ReLU passes its gradient or does not.
 */
const ALLOWED = 1e-5;

/** The plugin's device, computing in float64 between the inputs and outputs of a program. */
const exact = accelerator && new Accelerator(
  accelerator.client,
  accelerator.devices,
  { program: (module) => accelerator!.programs.program(inFloat64(module)) },
  { tf32: false },
);

/** Relative distance of two states as one vector each. */
function distance(one: StepResults["after"], other: StepResults["after"]): number {
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

for (const [i, recipe] of RECIPES.entries()) {
  // Recording and compiling a step takes seconds, so `deno task test` has two of them.
  if (i >= 2 && !ALL) continue;
  testOnPlugin(`${STEPS} steps of ${recipe} are TensorFlow's within their rounding`, async () => {
    const reference = await firstSteps(recipe, STEPS, exact);
    const ours = await firstSteps(recipe, STEPS, accelerator);
    const tensorflows = await firstSteps(recipe, STEPS, undefined);
    for (
      const [what, rounding, found] of [
        [
          "parameters after a step",
          distance(tensorflows.after, reference.after),
          distance(ours.after, reference.after),
        ],
        [
          "losses",
          apart(tensorflows.losses, reference.losses),
          apart(ours.losses, reference.losses),
        ],
      ] as const
    ) {
      assert(rounding <= 1e-3, `TensorFlow's ${what} are ${rounding} from float64`);
      assert(
        found <= rounding + ALLOWED,
        `Expected ${what} as near to float64 as TensorFlow's, ${rounding}, but found ${found}`,
      );
    }
  });
}

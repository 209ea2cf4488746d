/**
 * Trainings on an accelerator beside trainings by TensorFlow.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { loadCheckpoint } from "../../../lib/checkpoints/checkpoint.ts";
import { disposeTree, flatten } from "../../../lib/core/tree.ts";
import type { StepState } from "../../../lib/loop/step_definition.ts";
import { stageSteps } from "../../../lib/loop/stage_steps.ts";
import { makePlan } from "../../../lib/train/plan.ts";
import { initialState } from "../../../lib/train/initial_state.ts";
import { train } from "../../../lib/train/train.ts";
import { inFolder } from "../../cli/task.ts";
import { smallImages } from "../../train/small_images.ts";
import { ALL } from "../../long.ts";
import { accelerator, testOnPlugin } from "./on_plugin.ts";
import { currentBackend } from "../../../lib/engine/tensorflow/current_backend.ts";

const data = smallImages({ side: 8, max: 20, imbalance: 10 });
const STEPS = 20;

/**
 * A larger rate amplifies rounding: at 0.01, changing TensorFlow's own parameters by 10⁻⁶ changes the loss of paco by a
 * tenth within 20 steps.
 */
const RATE = 0.001;

/** Losses of the first steps of a recipe, and all tensors after the first step. */
async function firstSteps(recipe: string, isOnPlugin: boolean) {
  const backend = currentBackend();
  backend.accelerator = isOnPlugin ? accelerator : undefined;
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
      const expected = await firstSteps(`builtin/${method}`, false);
      const found = await firstSteps(`builtin/${method}`, true);
      const apart = distance(expected.after, found.after);
      assert(apart <= 1e-4, `Expected the same state after a step but found it ${apart} apart`);
      for (const [step, loss] of expected.losses.entries()) {
        const error = Math.abs(found.losses[step] - loss) / loss;
        assert(
          error <= 2e-3,
          `Expected the loss ${loss} at step ${step} but found ${found.losses[step]}`,
        );
      }
    },
  );
}

testOnPlugin("an interrupted training resumes bit for bit", () =>
  inFolder(async (folder) => {
    const options = {
      recipe: "builtin/ce+nbn+lr",
      data,
      batch: 8,
      iterations: 4,
      checkpointEvery: 2,
      evaluateEvery: 100,
      workers: 0,
    };
    await train({ ...options, out: `${folder}/whole` });
    const stop = new AbortController();
    await train({
      ...options,
      out: `${folder}/parts`,
      signal: stop.signal,
      onProgress: (event) => event.kind === "step" && event.step === 2 && stop.abort(),
    });
    await train({ ...options, out: `${folder}/parts`, resume: true });
    const [one, other] = await Promise.all(
      ["whole", "parts"].map((run) => loadCheckpoint(`${folder}/${run}/checkpoint-4.safetensors`)),
    );
    for (const part of ["params", "state", "optimizer"] as const) {
      const found = new Map(flatten(other[part]!));
      for (const [path, tensor] of flatten(one[part]!)) {
        assertEquals(await found.get(path)!.data(), await tensor.data(), path);
      }
    }
    for (const { params, state, optimizer, loss, memory } of [one, other]) {
      for (const tree of [params, state, optimizer, loss, memory]) disposeTree(tree ?? {});
    }
  }));

testOnPlugin("a step moves only its batch to the device and what it measures back", async () => {
  const { traffic } = accelerator!, seen: (typeof traffic)[] = [];
  await train({
    recipe: "builtin/ce",
    data,
    batch: 8,
    iterations: 5,
    evaluateEvery: 100,
    workers: 0,
    onProgress: (event) => event.kind === "step" && seen.push({ ...traffic }),
  });
  const [, before, after] = seen;
  const images = 4 * 8 * 8 * 8 * 3, labels = 4 * 8, seed = 4 * 2, rate = 4, loss = 4;
  assertEquals(after.toDevice - before.toDevice, images + labels + seed + rate);
  assertEquals(after.toHost - before.toHost, loss);
  assertEquals(after.stalls, seen[0].stalls);
});

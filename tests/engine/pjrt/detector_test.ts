/**
 * A detector on one accelerator, and on several together.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { UsageError } from "../../../lib/core/errors.ts";
import { disposeTree, flatten } from "../../../lib/core/tree.ts";
import { builtinScenes } from "../../../lib/detection/data/builtin_scenes.ts";
import { detectSet } from "../../../lib/detection/data/detect_set.ts";
import { regionSeesaw } from "../../../lib/detection/losses/region_seesaw.ts";
import { detectorStep } from "../../../lib/detection/mask_rcnn/training_step.ts";
import { detectorPlan } from "../../../lib/detection/training/detector_plan.ts";
import type { Accelerator } from "../../../lib/engine/pjrt/accelerator.ts";
import { sgd } from "../../../lib/optim/sgd.ts";
import { ALL } from "../../long.ts";
import { batchOf, tinyDetector } from "../../detection/mask_rcnn/tiny.ts";
import { devices, onPlugin, testOnPlugin } from "./on_plugin.ts";

const { train, test } = builtinScenes({ max: 12, imbalance: 4, testImages: 1, side: 64 });
const detector = tinyDetector({ loss: regionSeesaw(12) });

/** Losses of two steps, all numbers of the training after them, and what the detector then finds in three images. */
async function trained(on: Accelerator | undefined) {
  return await onPlugin(async () => {
    const step = detectorStep(detector, { optimizer: sgd({ weightDecay: 1e-4 }), clipNorm: 5 });
    const batch = await batchOf(train, 2), losses: number[] = [];
    let training = step.start(0);
    for (let i = 0; i < 2; i++) {
      const next = await step.run(training, batch, 0.01, [7, i]);
      disposeTree(training);
      training = next.training;
      for (const [, loss] of flatten(next.losses)) losses.push((await loss.data())[0]);
      disposeTree(next.losses);
    }
    const options = { fit: [64, 64], images: [0, 1, 2], batch: 2, most: 5 } as const;
    const found = await detectSet(detector, training, test, options);
    const state = await Promise.all(
      flatten(training).map(async ([, tensor]) => Array.from(await tensor.data())),
    );
    disposeTree(training);
    disposeTree(batch);
    step.dispose();
    return { losses, state: state.flat(), found };
  }, on);
}

/** Asserts that numbers are those of another list, relative to its greatest. */
function assertNear(found: readonly number[], expected: readonly number[], tolerance: number) {
  assertEquals(found.length, expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  const far = Math.max(...found.map((value, i) => Math.abs(value - expected[i]))) / scale;
  assert(far <= tolerance, `a number is ${far} from what is expected`);
}

/** Boxes, scores and classes. */
function numbersOf(results: Awaited<ReturnType<typeof trained>>["found"]): number[] {
  return results.flatMap(({ bbox = [], score, category_id }) => [...bbox, score, category_id]);
}

// Recording and compiling takes a minute.
if (ALL) {
  testOnPlugin(
    "a detector on one device and on two computes what TensorFlow does (long)",
    async () => {
      const expected = await trained(undefined);
      for (const count of [1, 2]) {
        const { losses, state, found } = await trained(devices(count));
        assertNear(losses, expected.losses, 1e-4);
        assertNear(state, expected.state, 1e-4);
        assertNear(numbersOf(found), numbersOf(expected.found), 1e-3);
      }
    },
  );
}

testOnPlugin("a detector's batch has to be divisible among the devices", async () => {
  const options = { recipe: "builtin-lvis/mask-rcnn+ce", batch: 3, iterations: 1 };
  await assertRejects(
    () => onPlugin(() => detectorPlan(options), devices(2)),
    UsageError,
    "Expected --batch to be a multiple of 2, the number of devices, but found 3",
  );
});

/**
 * A detector on one accelerator, and on several together.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { UsageError } from "../../../lib/core/errors.ts";
import { rng } from "../../../lib/core/rng.ts";
import { disposeTree, flatten } from "../../../lib/core/tree.ts";
import { tf } from "../../../lib/deps/tfjs.ts";
import { builtinScenes } from "../../../lib/detection/data/builtin_scenes.ts";
import { detectSet } from "../../../lib/detection/data/detect_set.ts";
import { regionSeesaw } from "../../../lib/detection/losses/region_seesaw.ts";
import type { CocoResult } from "../../../lib/detection/lvis/results.ts";
import { detectorStep } from "../../../lib/detection/mask_rcnn/training_step.ts";
import { detectorPlan } from "../../../lib/detection/training/detector_plan.ts";
import { weightedRows } from "../../../lib/engine/ops/mod.ts";
import { sgd } from "../../../lib/optim/sgd.ts";
import { randomTensor } from "../../finite_difference.ts";
import { ALL } from "../../long.ts";
import { batchOf, tinyDetector } from "../../detection/mask_rcnn/tiny.ts";
import { byTensorflow, devices, onPlugin, testOnPlugin, valuesOnPlugin } from "./on_plugin.ts";

const { train, test } = builtinScenes({ max: 12, imbalance: 4, testImages: 1, side: 64 });
const detector = tinyDetector({ loss: regionSeesaw(12) });

/**
 * Losses of two steps, all numbers of the training after them, and the best detections in each of three images, at most
 * as many as given.
 */
async function trained(most: number) {
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
  const options = { fit: [64, 64], images: [0, 1, 2], batch: 2, most } as const;
  const found = await detectSet(detector, training, test, options);
  const state = await Promise.all(
    flatten(training).map(async ([, tensor]) => Array.from(await tensor.data())),
  );
  disposeTree(training);
  disposeTree(batch);
  step.dispose();
  return { losses, state: state.flat(), found };
}

/** Asserts that numbers are those of another list, relative to its greatest. */
function assertNear(found: readonly number[], expected: readonly number[], tolerance: number) {
  assertEquals(found.length, expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  const far = Math.max(...found.map((value, i) => Math.abs(value - expected[i]))) / scale;
  assert(far <= tolerance, `a number is ${far} from what is expected`);
}

testOnPlugin("weighted sums of rows and their gradients are those of TensorFlow", async () => {
  const inputs = [
    randomTensor([5, 3], rng(0)),
    tf.tensor2d([[0, 4], [4, 4], [2, 0], [1, 0]], [4, 2], "int32"),
    randomTensor([4, 2], rng(1)),
  ];
  const sums = (table: tf.Tensor, indices: tf.Tensor, weights: tf.Tensor) => {
    const of = (table: tf.Tensor) =>
      weightedRows(table as tf.Tensor2D, indices as tf.Tensor2D, weights as tf.Tensor2D);
    return [of(table), tf.grad((x) => of(x).square().sum())(table)];
  };
  const expected = await byTensorflow(() => valuesOnPlugin(sums, inputs));
  const found = await valuesOnPlugin(sums, inputs);
  for (const [i, values] of expected.entries()) assertNear(found[i], values, 1e-6);
});

/** Whether two detections are the same within rounding: scores relative to 1, boxes in pixels. */
function isSame(one: CocoResult, other: CocoResult): boolean {
  return one.image_id === other.image_id && one.category_id === other.category_id &&
    Math.abs(one.score - other.score) < 2e-3 &&
    one.bbox!.every((value, i) => Math.abs(value - other.bbox![i]) < 0.1);
}

// Recording and compiling takes a minute.
if (ALL) {
  testOnPlugin(
    "a detector on one device and on two computes what TensorFlow does (long)",
    async () => {
      const expected = await byTensorflow(() => trained(20));
      for (const count of [1, 2]) {
        const { losses, state, found } = await onPlugin(() => trained(5), devices(count));
        // TensorFlow's own rounding depends on its threads.
        assertNear(losses, expected.losses, 1e-3);
        assertNear(state, expected.state, 1e-3);
        // Which of two equal scores comes first is open, so each detection is one of TensorFlow's best 20.
        assertEquals(found.length, 15);
        for (const one of found) {
          assert(expected.found.some((other) => isSame(one, other)), JSON.stringify(one));
        }
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

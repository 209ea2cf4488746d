/**
 * RoIAlign beside torchvision, by tests/golden/make_detection.py.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { tf } from "../../../lib/deps/tfjs.ts";
import { levelsOf, roiAlign } from "../../../lib/detection/boxes/roi_align.ts";
import { traced } from "../../../lib/engine/traced.ts";
import { testOnBackends } from "../../backends.ts";
import { assertGradients } from "../../finite_difference.ts";
import { assertNear, formulaTensor } from "../../nn/formula.ts";
import { corners, golden, stored } from "../golden.ts";

function regions() {
  const boxes = tf.concat([corners("rois", 9, 26, 0.1), tf.tensor2d([[-9, -9, 60, 50]])]);
  return {
    boxes: boxes as tf.Tensor2D,
    image: tf.tensor1d(Array.from({ length: 10 }, (_, i) => i % 2), "int32"),
    level: tf.zeros([10], "int32") as tf.Tensor1D,
  };
}

for (const { aligned, samples, y, gradient } of golden.roiAlign) {
  testOnBackends(
    `roiAlign() is torchvision's, aligned ${aligned}, ${samples} samples`,
    (backend) => {
      const features = formulaTensor("features", [2, 6, 7, 3]) as tf.Tensor4D;
      const options = { size: 4, samples, aligned }, own = regions();
      const align = (x: tf.Tensor) =>
        roiAlign({ maps: [x as tf.Tensor4D], strides: [4] }, own, options);
      assertNear("y", align(features), stored(y), 1e-5);
      const dy = formulaTensor("roi gradient", [10, 4, 4, 3]);
      assertNear("gradient", tf.grad(align)(features, dy), stored(gradient), 1e-5);
      if (samples === 2 && backend !== "cpu") assertGradients(align, [features]);
    },
  );
}

testOnBackends("roiAlign() reads each region from the map of its size", async () => {
  const maps = [0, 1, 2, 3].map((i) =>
    formulaTensor(`pyramid${i}`, [2, 64 / 2 ** i, 64 / 2 ** i, 2]) as tf.Tensor4D
  );
  const boxes = tf.concat([0, 1].map((i) => corners(`regions${i}`, 6, 256, 8).clipByValue(0, 256)));
  const image = tf.tensor1d([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1], "int32");
  const level = levelsOf(boxes as tf.Tensor2D, 4);
  assertEquals([...level.dataSync()], golden.levels);
  const align = (...maps: tf.Tensor4D[]) =>
    roiAlign(
      { maps, strides: [4, 8, 16, 32] },
      { boxes: boxes as tf.Tensor2D, image, level },
      { size: 3, aligned: false },
    );
  assertNear("pyramid", align(...maps), stored(golden.pyramid), 1e-5);
  assertGradients(align as (...maps: tf.Tensor[]) => tf.Tensor, maps);
  const step = traced(align);
  const y = await step(...maps);
  assertNear("pyramid", y, stored(golden.pyramid), 1e-5);
  y.dispose();
  step.dispose();
}, { only: ["tensorflow", "wasm"] });

testOnBackends("the gradient of roiAlign() is the same in every run", async () => {
  const features = formulaTensor("features", [2, 6, 7, 3]) as tf.Tensor4D, own = regions();
  const step = traced((x: tf.Tensor4D) =>
    tf.grad((x) => roiAlign({ maps: [x as tf.Tensor4D], strides: [4] }, own, { size: 4 }))(x)
  );
  const gradients = [await step(features), await step(features), await step(features)];
  for (const gradient of gradients) {
    assertEquals(gradient.dataSync(), gradients[0].dataSync());
  }
  for (const gradient of gradients) gradient.dispose();
  step.dispose();
}, { only: ["tensorflow"] });

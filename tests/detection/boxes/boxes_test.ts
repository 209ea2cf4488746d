/**
 * Boxes beside torchvision, by tests/golden/make_detection.py.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { tf } from "../../../lib/deps/tfjs.ts";
import { anchorsOf } from "../../../lib/detection/boxes/anchors.ts";
import { assign, BOX_ASSIGNMENT, RPN_ASSIGNMENT } from "../../../lib/detection/boxes/assign.ts";
import { BOX_DEVIATIONS, decodeBoxes, encodeBoxes } from "../../../lib/detection/boxes/coding.ts";
import { boxIou, clipBoxes } from "../../../lib/detection/boxes/corners.ts";
import { nonMaxSuppression } from "../../../lib/detection/boxes/nms.ts";
import { sample } from "../../../lib/detection/boxes/sample.ts";
import { traced } from "../../../lib/engine/traced.ts";
import { testOnBackends } from "../../backends.ts";
import { assertGradients } from "../../finite_difference.ts";
import { formula, formulaTensor } from "../../nn/formula.ts";
import { assertClose } from "../../train/close.ts";
import { corners, golden } from "../golden.ts";

testOnBackends("overlaps, coding and clipping are torchvision's", () => {
  const a = corners("boxes a", 12, 40), b = corners("boxes b", 7, 40);
  const { iou, encoded, decoded, clipped, size } = golden.boxes;
  assertClose(boxIou(a, b).dataSync(), iou, 1e-5);
  const code = formulaTensor("code", [12, 4], 3) as tf.Tensor2D;
  assertClose(encodeBoxes(corners("goal", 12, 40), a, BOX_DEVIATIONS).dataSync(), encoded, 1e-5);
  assertClose(decodeBoxes(code, a, BOX_DEVIATIONS).dataSync(), decoded, 1e-5);
  assertClose(clipBoxes(a, tf.tensor1d(size)).dataSync(), clipped, 1e-6);
});

testOnBackends("boxes are decoded as mmdetection documents", () => {
  const roi = tf.tensor2d([[0, 0, 1, 1], [0, 0, 1, 1], [0, 0, 1, 1]]);
  const code = tf.tensor2d([[1, 1, 1, 1], [0, 0, 2, -1], [0, 0, 100, -100]]);
  const boxes = clipBoxes(decodeBoxes(code, roi), tf.tensor1d([32, 32])).dataSync();
  assertClose(boxes.subarray(0, 4), [0.1409, 0.1409, 2.8591, 2.8591], 1e-4);
  assertClose(boxes.subarray(4, 8), [0, 0.3161, 4.1945, 0.6839], 1e-4);
  // 62.5 times as wide, and a 62.5th as high.
  assertClose(boxes.subarray(8), [0, 0.492, 31.75, 0.508], 1e-4);
});

testOnBackends("coded and decoded boxes are the same, with gradients", () => {
  const proposals = corners("boxes a", 12, 40, 4), goal = corners("goal", 12, 40, 4);
  for (const deviations of [undefined, BOX_DEVIATIONS]) {
    const code = encodeBoxes(goal, proposals, deviations);
    assertClose(decodeBoxes(code, proposals, deviations).dataSync(), goal.dataSync(), 1e-5);
  }
  assertGradients((x) => encodeBoxes(x as tf.Tensor2D, proposals), [goal]);
  assertGradients(
    (x) => decodeBoxes(x as tf.Tensor2D, proposals),
    [formulaTensor("code", [12, 4])],
  );
});

testOnBackends("anchors are torchvision's, or unrounded as in mmdetection", () => {
  const levels = [{ height: 4, width: 5, stride: 8 }, { height: 2, width: 3, stride: 16 }];
  // Squares of 32 and 64 pixels.
  const anchors = levels.map((level) => anchorsOf(level, { scale: 4, rounded: true }).dataSync());
  assertEquals([...anchors[0]].slice(0, 240), golden.anchors.slice(0, 240));
  const [first] = levels.map((level) => anchorsOf(level).dataSync());
  const corner = [-45.254834, -22.627417, 45.254834, 22.627417];
  assertClose(first.subarray(0, 4), corner, 1e-6);
  assertClose(first.subarray(12, 16), corner.map((side, i) => side + (i % 2 ? 0 : 8)), 1e-6);
  assertEquals(anchors[1].length, 2 * 3 * 3 * 4);
});

testOnBackends(
  "nonMaxSuppression() keeps the boxes that torchvision keeps, traced too",
  async () => {
    const boxes = corners("nms", 80, 60, 15);
    const values = Float32Array.from(formula("nms scores", 80), (x) => Math.round(8 * x) / 8);
    const scores = tf.tensor1d(values);
    for (const { iou, kept } of golden.nms) {
      const found = nonMaxSuppression(boxes, scores, { iou, most: 80 });
      const count = found.kept.sum().dataSync()[0];
      assertEquals([...found.indices.dataSync()].slice(0, count), kept);
      const few = nonMaxSuppression(boxes, scores, { iou, most: 3, least: 0.8 });
      const above = kept.filter((i) => scores.dataSync()[i] > 0.8).slice(0, 3);
      assertEquals([...few.indices.dataSync()], [...above, 0, 0, 0].slice(0, 3));
      const step = traced((boxes: tf.Tensor2D, scores: tf.Tensor1D) => ({
        ...nonMaxSuppression(boxes, scores, { iou, most: 80 }),
      }));
      const again = await step(boxes, scores);
      assertEquals(again.indices.dataSync(), found.indices.dataSync());
      assertEquals(again.kept.dataSync(), found.kept.dataSync());
      step.dispose();
      again.indices.dispose();
      again.kept.dispose();
    }
  },
);

testOnBackends("assign() assigns as mmdetection does", () => {
  const round = (name: string, count: number) => corners(name, count, 40, 8).round().arraySync();
  const boxes = round("proposals", 60), known = round("objects", 5);
  boxes.splice(20, 5, ...boxes.slice(40, 45));
  known[4] = known[3];
  const proposals = tf.tensor2d(boxes);
  // Padding lies where proposals are.
  const objects = {
    boxes: tf.tensor2d([...known, boxes[0], boxes[7]]),
    present: tf.tensor1d([1, 1, 1, 1, 1, 0, 0]),
  };
  for (const [name, options] of [["rpn", RPN_ASSIGNMENT], ["box", BOX_ASSIGNMENT]] as const) {
    const { object, positive, negative } = assign(proposals, objects, options);
    const [places, isPositive, isNegative] = [object, positive, negative].map((x) => x.dataSync());
    // 0 is background, −1 neither.
    const found = golden.assignment[name].map((_, i) =>
      isPositive[i] ? places[i] + 1 : isNegative[i] ? 0 : -1
    );
    assertEquals(found, golden.assignment[name]);
  }
  const none = { boxes: objects.boxes, present: tf.zeros([7]) as tf.Tensor1D };
  const { positive, negative } = assign(proposals, none, RPN_ASSIGNMENT);
  assertEquals([positive.sum().dataSync()[0], negative.sum().dataSync()[0]], [0, 60]);
});

testOnBackends("sample() draws evenly, positive proposals first, and repeats by its seed", () => {
  const assignment = {
    object: tf.zeros([50], "int32") as tf.Tensor1D,
    positive: tf.tensor1d(Array.from({ length: 50 }, (_, i) => Number(i < 10))),
    negative: tf.tensor1d(Array.from({ length: 50 }, (_, i) => Number(i >= 20))),
  };
  const times = new Uint16Array(50);
  const draw = (seed: number, count = 12, most = 4) => {
    const drawn = sample(assignment, tf.tensor1d([seed, 3], "int32"), { count, positive: most });
    return [drawn.indices, drawn.positive, drawn.chosen].map((x) => [...x.dataSync()]);
  };
  for (let seed = 0; seed < 60; seed++) {
    const [indices, positive, chosen] = draw(seed);
    assertEquals(positive, [1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    assertEquals(chosen.every((one) => one === 1), true);
    assertEquals(new Set(indices).size, 12);
    for (const index of indices) times[index]++;
  }
  assertEquals(draw(5), draw(5));
  // 24 times each on average among positive ones, 16 among negative ones, never those between.
  assert(times.subarray(0, 10).every((count) => count > 8 && count < 42), `${times}`);
  assert(times.subarray(10, 20).every((count) => count === 0), `${times}`);
  assert(times.subarray(20).every((count) => count > 3 && count < 33), `${times}`);
  // Few of one kind are filled up from the other, and padded if there are too few of both.
  assertEquals(draw(0, 45, 20).slice(1).map((x) => x.reduce((a, b) => a + b)), [10, 40]);
  assertEquals(draw(0, 100, 20).map(({ length }) => length), [50, 50, 50]);
});

/**
 * The training step of a small detector.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { rng } from "../../../lib/core/rng.ts";
import { disposeTree, flatten, mapTree, type Params, unflatten } from "../../../lib/core/tree.ts";
import { tf } from "../../../lib/deps/tfjs.ts";
import { builtinScenes } from "../../../lib/detection/data/builtin_scenes.ts";
import { regionEql } from "../../../lib/detection/losses/region_eql.ts";
import { regionSeesaw } from "../../../lib/detection/losses/region_seesaw.ts";
import { detectorStep } from "../../../lib/detection/mask_rcnn/training_step.ts";
import { nbn } from "../../../lib/nn/nbn.ts";
import { resnetTrunk } from "../../../lib/nn/resnet.ts";
import { startLengths } from "../../../lib/nn/norm_conversion.ts";
import { sgd } from "../../../lib/optim/sgd.ts";
import { testOnBackends } from "../../backends.ts";
import { assertGradients, randomTensor } from "../../finite_difference.ts";
import { batchOf, tinyBackbone, tinyDetector } from "./tiny.ts";

const { train } = builtinScenes({ max: 12, imbalance: 4, testImages: 1, side: 64 });
const SEED: [number, number] = [7, 0];

function values(tree: Params): Record<string, number[]> {
  return Object.fromEntries(flatten(tree).map(([path, x]) => [path, [...x.dataSync()]]));
}

/** Parts of a detector, and the losses whose gradients do not depend on proposals, which no gradient flows through. */
const DIFFERENTIATED = [
  ["box and mask head", /^(box|mask)\//, ["classes", "boxes", "masks"]],
  ["region proposal network and pyramid", /^(rpn|fpn)\//, ["objectness", "anchors"]],
] as const;

for (const [name, pattern, terms] of DIFFERENTIATED) {
  testOnBackends(`gradients of the ${name} are those of the losses`, async () => {
    const detector = tinyDetector(), batch = await batchOf(train, 2);
    const { params, state } = detector.init(0), seed = tf.tensor1d(SEED, "int32");
    const random = rng(0);
    // Weights as initialised are smaller than the steps of finite differences.
    const all = mapTree(params, (x, path) => x.add(randomTensor(x.shape, random.fork(path), 0.1)));
    const own = flatten(all).filter(([path]) => pattern.test(path));
    // All in one vector, because the gradients of some are as small as the rounding of the loss.
    const loss = (vector: tf.Tensor) => {
      const parts = tf.split(vector, own.map(([, { size }]) => size));
      const replaced = new Map(own.map(([path, { shape }], i) => [path, parts[i].reshape(shape)]));
      const whole = mapTree(all, (x, path) => replaced.get(path) ?? x);
      const { losses } = detector.losses(whole, state, batch, seed);
      return tf.addN(terms.map((term) => losses[term])).expandDims(0);
    };
    const vector = tf.concat(own.map(([, x]) => x.flatten()));
    assertGradients(loss, [vector], { step: 2e-4, tolerance: 2e-2 });
  }, { only: ["tensorflow"] });
}

testOnBackends(
  "a step is recorded once, repeats bit for bit and leaves frozen parts",
  async (backend) => {
    const loss = regionSeesaw(12), detector = tinyDetector({ loss });
    const step = detectorStep(detector, { optimizer: sgd({ weightDecay: 1e-4 }), clipNorm: 5 });
    const batch = await batchOf(train, 2), start = step.start(0);
    const first = await step.run(start, batch, 0.01, SEED);
    const again = await step.run(start, batch, 0.01, SEED);
    const other = await step.run(start, batch, 0.01, [7, 1]);
    assertEquals(step.traces, backend === "tensorflow" ? 1 : 0);
    const { params, state } = first.training;
    assertEquals(values(again.training.params), values(params));
    assertEquals(values(again.losses), values(first.losses));
    // Another seed draws other samples.
    assertNotEquals(values(other.training.params), values(params));
    const before = values(start.params);
    for (const [path, numbers] of Object.entries(values(params))) {
      const isSame = numbers.every((number, i) => number === before[path][i]);
      assertEquals(isSame, detector.isFrozen(path), path);
    }
    assertEquals(Object.keys(values(params)).some(detector.isFrozen), true);
    // Running statistics are fixed, and the loss has counted the regions of objects.
    assertEquals(values(state.backbone as Params), values(start.state.backbone as Params));
    const { counts } = values(state.loss as Params);
    const counted = counts.reduce((sum, count) => sum + count, 0);
    assert(counted > 0 && counted <= 12, `${counts}`);
    for (const { training, losses } of [first, again, other]) {
      for (const tree of [training.params, training.state, training.optimizer, losses]) {
        disposeTree(tree);
      }
    }
    step.dispose();
  },
  { only: ["tensorflow", "wasm"] },
);

testOnBackends("a few steps lower every loss, also EQL's", async () => {
  const shares = train.dataset.categories.map(({ imageCount }) => imageCount! / 12);
  const detector = tinyDetector({ loss: regionEql(shares, { threshold: 0.5 }), normalized: true });
  const step = detectorStep(detector, { optimizer: sgd() });
  const batch = await batchOf(train, 2);
  let training = step.start(0), before = 0, after = 0;
  for (let i = 0; i < 12; i++) {
    const next = await step.run(training, batch, 0.01, SEED);
    for (const tree of [training.params, training.state, training.optimizer]) disposeTree(tree);
    training = next.training;
    after = Object.values(values(next.losses)).flat().reduce((sum, loss) => sum + loss, 0);
    disposeTree(next.losses);
    if (i === 0) before = after;
  }
  assert(after < 0.9 * before, `Expected a loss below ${before} but found ${after}`);
  for (const tree of [training.params, training.state, training.optimizer]) disposeTree(tree);
  step.dispose();
}, { only: ["tensorflow"] });

testOnBackends("images without objects have background only", async () => {
  const detector = tinyDetector(), batch = await batchOf(train, 1);
  const { params, state } = detector.init(0);
  const empty = {
    ...batch,
    present: tf.zerosLike(batch.present),
    boxes: tf.zerosLike(batch.boxes),
  };
  const { losses } = detector.losses(params, state, empty, tf.tensor1d(SEED, "int32"));
  const found = values(losses);
  assertEquals([found.anchors, found.boxes, found.masks], [[0], [0], [0]]);
  assert(found.objectness[0] > 0 && found.classes[0] > 0);
});

testOnBackends("detections lie within their images, the best scored first", async () => {
  const detector = tinyDetector(), batch = await batchOf(train, 2);
  const { params, state } = detector.init(0);
  const sizes = tf.tensor2d([[64, 40], [30, 64]]);
  const found = detector.detect(params, state, { ...batch, sizes }, { most: 7 });
  assertEquals(found.boxes.shape, [2, 7, 4]);
  assertEquals(found.masks.shape, [2, 7, 28, 28]);
  const [boxes, scores, counts] = [found.boxes, found.scores, found.count].map((x) => x.dataSync());
  for (let image = 0; image < 2; image++) {
    const [height, width] = [[64, 40], [30, 64]][image];
    assertEquals(counts[image], 7);
    for (let i = 7 * image; i < 7 * (image + 1); i++) {
      const [left, top, right, bottom] = boxes.subarray(4 * i, 4 * i + 4);
      assert(0 <= left && left <= right && right <= width, `${left} ${right}`);
      assert(0 <= top && top <= bottom && bottom <= height, `${top} ${bottom}`);
      assert(i % 7 === 0 || scores[i] <= scores[i - 1]);
    }
  }
});

testOnBackends(
  "a backbone with NBN starts as the one with plain norms that it was loaded from",
  () => {
    const options = { depth: 18, width: 0.125 } as const, shape = [64, 64, 3];
    const plain = resnetTrunk(options), normalised = resnetTrunk({ ...options, norm: nbn() });
    const { params, state } = plain.init(0, shape);
    const scaled = mapTree(
      params,
      (x, path) => /bn\d?\/(weight|bias)$/.test(path) ? x.add(tf.randomNormal(x.shape, 0, 0.3)) : x,
    );
    const magnitude = new Map(flatten(normalised.init(0, shape).params)).get("nbn/magnitude")!;
    const loaded = unflatten([...flatten(scaled), ["nbn/magnitude", magnitude] as const]);
    const lengths = startLengths(normalised, { params: loaded, state }, shape);
    const constants: Params = unflatten<tf.Tensor>([...flatten(state), ...lengths]);
    const x = tf.randomNormal([1, ...shape]);
    const expected = plain.apply(scaled, state, x, { training: false }).y.dataSync();
    const found = normalised.apply(loaded, constants, x, { training: false }).y.dataSync();
    found.forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-4));
    // The last norm of both blocks of the last stage and that of its shortcut, with two vectors each.
    assertEquals(lengths.size, 6);
  },
  { only: ["tensorflow"] },
);

testOnBackends("the gradient reaches NBN's magnitude in a detector", async () => {
  const detector = tinyDetector({ backbone: tinyBackbone(nbn()) });
  const step = detectorStep(detector, { optimizer: sgd() });
  const start = step.start(0), batch = await batchOf(train, 1);
  const { training, losses } = await step.run(start, batch, 0.1, SEED);
  const path = "backbone/nbn/magnitude";
  assertEquals(detector.isFrozen(path), false);
  assertNotEquals(values(training.params)[path], values(start.params)[path]);
  for (const tree of [training.params, training.state, training.optimizer, losses]) {
    disposeTree(tree);
  }
  step.dispose();
}, { only: ["tensorflow"] });

import { assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { expertDiversity, expertPredictions } from "../../lib/analysis/mod.ts";
import { builtin } from "../../lib/data/mod.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { resnetCifar, ride } from "../../lib/nn/mod.ts";
import { predict } from "../../lib/inference/predict.ts";
import { testOnBackends } from "../backends.ts";

const small = { depth: 8, width: 0.25, classes: 10 };
const { test } = builtin({ testImages: 1 });

testOnBackends("expertPredictions() average to predict()", async () => {
  const network = ride(resnetCifar, { ...small, experts: 3 });
  const model = { network, ...network.init(0, test.shape) };
  const before = tf.memory().numTensors;
  const experts = await expertPredictions(model, test, { scale: 30, batch: 7 });
  assertEquals(tf.memory().numTensors, before);
  const { logits } = await predict(model, test);
  assertEquals(experts.length, 3);
  logits.forEach((mean, i) => {
    const sum = experts.reduce((sum, expert) => sum + expert.logits[i], 0);
    assertAlmostEquals(sum / 3 / 30, mean, 1e-5);
  });
  const [{ logits: own, probabilities }] = experts;
  const sum = own.subarray(0, 10).reduce((sum, logit) => sum + Math.exp(logit), 0);
  assertAlmostEquals(probabilities[4], Math.exp(own[4]) / sum, 1e-5);
});

testOnBackends("expertPredictions() throws without experts or a scale", async () => {
  const network = resnetCifar(small);
  const model = { network, ...network.init(0, test.shape) };
  await assertRejects(() => expertPredictions(model, test), RangeError, "at least 2 experts");
  await assertRejects(() => expertPredictions(model, test, { scale: 0 }), RangeError, "found 0");
});

/** Predictions of an expert for images of classes 0, 0 and 1 of three. */
function expert(...rows: [number, number, number][]) {
  return {
    labels: Int32Array.of(0, 0, 1),
    classes: 3,
    probabilities: Float32Array.from(rows.flat()),
    predicted: Int32Array.from(rows, (row) => row.indexOf(Math.max(...row))),
  };
}

const one = expert([0.5, 0.25, 0.25], [0.75, 0.25, 0], [0, 1, 0]);
const two = expert([0.25, 0.5, 0.25], [0.75, 0, 0.25], [0, 1, 0]);
const three = expert([0.5, 0.25, 0.25], [0.75, 0.25, 0], [1, 0, 0]);

Deno.test("expertDiversity() counts disagreeing pairs and sums variances", () => {
  const { disagreement, variance } = expertDiversity([one, two, three]);
  // Disagreeing pairs. Image 1: (1, 2) and (2, 3); image 2: none; image 3: (1, 3) and (2, 3).
  assertEquals(disagreement.map((fraction) => fraction && fraction.toFixed(6)), [
    (100 * 2 / 6).toFixed(6),
    (100 * 2 / 3).toFixed(6),
    null,
  ]);
  // The variance of three numbers a, a, b is (a − b)² / 3.
  const [head, tail, none] = variance;
  assertAlmostEquals(head!, (2 * 0.25 ** 2 / 3 + 2 * 0.25 ** 2 / 3) / 2, 1e-12);
  assertAlmostEquals(tail!, 2 / 3, 1e-12);
  assertEquals(none, null);
});

Deno.test("expertDiversity() is 0 for identical experts, in any order and number", () => {
  const alike = expertDiversity([two, two, two, two]);
  assertEquals(alike, { disagreement: [0, 0, null], variance: [0, 0, null] });
  assertEquals(expertDiversity([one, two]), expertDiversity([two, one]));
});

Deno.test("expertDiversity() throws on a single expert and on experts of different images", () => {
  assertThrows(() => expertDiversity([one]), RangeError, "at least 2 experts but found 1");
  const fewer = { ...two, predicted: two.predicted.slice(1) };
  assertThrows(() => expertDiversity([one, fewer]), RangeError, "9 probabilities of 2 images");
});

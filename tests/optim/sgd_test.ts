import { assertEquals, assertThrows } from "@std/assert";
import { flatten, type Params } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { sgd } from "../../lib/optim/mod.ts";
import { traced } from "../../lib/engine/traced.ts";
import { testOnBackends } from "../backends.ts";
import golden from "../golden/training.json" with { type: "json" };
import { assertClose } from "../train/close.ts";

for (const run of golden.sgd) {
  const name = `momentum ${run.momentum}, Nesterov ${run.nesterov}, decay ${run.weightDecay}`;
  testOnBackends(`sgd() agrees with PyTorch's SGD: ${name}`, () => {
    const { init, update } = sgd(run);
    let params: Params = { layer: { weight: tf.tensor2d(run.start, [2, 3]) } };
    let state = init(params);
    run.rates.forEach((rate, step) => {
      const gradients = { layer: { weight: tf.tensor2d(run.gradients[step], [2, 3]) } };
      ({ params, state } = update(params, gradients, state, tf.scalar(rate)));
      assertClose(flatten(params)[0][1].dataSync(), run.after[step], 1e-6);
    });
  });
}

testOnBackends(
  "sgd() agrees eager and traced, also for a large tensor in an XLA loop",
  async () => {
    const { init, update } = sgd({ weightDecay: 0.1, nesterov: true });
    const large = 2 ** 17;
    const params = { a: tf.tensor1d([1, -2]), b: tf.linspace(-3, 3, large) };
    const gradients = { a: tf.tensor1d([0.5, 3]), b: tf.linspace(1, -2, large) };
    const state = init(params);
    const step = traced((p: Params, g: Params, s: Params, rate: tf.Tensor) =>
      update(p, g, s, rate as tf.Scalar)
    );
    const there = await step(params, gradients, state, tf.scalar(0.1));
    const here = update(params, gradients, state, tf.scalar(0.1));
    flatten(here.params).forEach(([, expected], i) => {
      assertClose(flatten(there.params)[i][1].dataSync(), expected.dataSync(), 1e-6);
    });
    step.dispose();
  },
);

testOnBackends("sgd() decays only parameters of the mask", () => {
  const { init, update } = sgd({
    weightDecay: 0.5,
    momentum: 0,
    decay: (path) => path !== "nbn/magnitude",
  });
  const params = { nbn: { magnitude: tf.scalar(4) }, head: { weight: tf.tensor1d([4]) } };
  const gradients = { nbn: { magnitude: tf.scalar(0) }, head: { weight: tf.tensor1d([0]) } };
  const { params: next } = update(params, gradients, init(params), tf.scalar(0.1));
  const [[, magnitude], [, weight]] = flatten(next);
  assertEquals(magnitude.dataSync()[0], 4);
  assertClose(weight.dataSync(), [3.8], 1e-6);
});

testOnBackends("sgd() throws on a missing gradient", () => {
  const { init, update } = sgd();
  const params = { a: tf.scalar(1) };
  assertThrows(
    () => update(params, {}, init(params), tf.scalar(1)),
    RangeError,
    "Expected a gradient for a but found none",
  );
});

Deno.test("sgd() throws on numbers out of range", () => {
  assertThrows(() => sgd({ momentum: 1 }), RangeError, "Expected momentum");
  assertThrows(() => sgd({ weightDecay: -1 }), RangeError, "Expected weightDecay");
  assertThrows(() => sgd({ momentum: 0, nesterov: true }), RangeError, "Expected Nesterov");
});

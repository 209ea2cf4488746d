/**
 * Optimizers composed of links.
 *
 * @module
 */
import { assertEquals, assertThrows } from "@std/assert";
import { flatten, type Params } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { traced } from "../../lib/engine/traced.ts";
import { clipped } from "../../lib/optim/clip.ts";
import {
  chain,
  clipByNorm,
  momentum,
  scaleByAdam,
  scaleByRate,
  sgd,
  type Transform,
  weightDecay,
} from "../../lib/optim/mod.ts";
import { testOnBackends } from "../backends.ts";
import { assertClose } from "../train/close.ts";

const values = (tree: Params) => flatten(tree).map(([, tensor]) => [...tensor.dataSync()]);
const start = (): Params => ({ head: { weight: tf.tensor1d([1, -2]), bias: tf.tensor1d([0.5]) } });
const gradient = (step: number): Params => ({
  head: { weight: tf.tensor1d([3, step]), bias: tf.tensor1d([-4]) },
});
const isWeight = (path: string) => path.endsWith("weight");

testOnBackends("chain() of clipping, decay and momentum is SGD on clipped gradients", async () => {
  const composed = chain([
    clipByNorm(1),
    weightDecay(0.1, isWeight),
    momentum(0.9, { nesterov: true }),
    scaleByRate(),
  ], { rate: (path) => isWeight(path) ? 1 : 0.5 });
  const expected = sgd({
    weightDecay: 0.1,
    decay: isWeight,
    momentum: 0.9,
    nesterov: true,
    rate: (path) => isWeight(path) ? 1 : 0.5,
  });
  assertEquals(composed.description, {
    name: "chain",
    clipNorm: 1,
    weightDecay: 0.1,
    momentum: 0.9,
    nesterov: true,
  });
  const step = traced((p: Params, g: Params, s: Params, rate: tf.Tensor) =>
    composed.update(p, g, s, rate as tf.Scalar)
  );
  const rate = tf.scalar(0.1);
  let [one, other] = [composed, expected].map(({ init }) => ({
    params: start(),
    state: init(start()),
  }));
  for (let i = 0; i < 3; i++) {
    one = await step(one.params, gradient(i), one.state, rate);
    const { gradients } = clipped(gradient(i), 1);
    other = expected.update(other.params, gradients, other.state, rate);
    values(one.params).forEach((found, k) => assertClose(found, values(other.params)[k], 1e-6));
  }
  assertEquals(flatten(one.state).map(([path]) => path), [
    "velocity/head/weight",
    "velocity/head/bias",
  ]);
  step.dispose();
});

testOnBackends("chain() keeps state only for parameters that a link applies to", () => {
  const averaged: Transform = { ...momentum(0.5), applies: isWeight };
  const { init, update } = chain([averaged, scaleByAdam(), scaleByRate()]);
  const first = init(start());
  const paths = flatten(first).map(([path]) => path);
  assertEquals(paths, [
    "velocity/head/weight",
    ...["mean/head/weight", "mean/head/bias", "square/head/weight", "square/head/bias"],
    ...["weights/mean", "weights/square"],
  ]);
  const { state } = update(start(), gradient(0), first, tf.scalar(0.1));
  assertEquals(flatten(state).map(([path]) => path), paths);
});

Deno.test("chain() throws on incompatible links", () => {
  assertThrows(
    () => chain([momentum(0.9), clipByNorm(1), scaleByRate()]),
    TypeError,
    "Expected clipNorm before the elementwise links of an optimizer but found it after them",
  );
  assertThrows(
    () => chain([momentum(0.9), momentum(0.5)]),
    TypeError,
    "Expected one link with the state velocity but found two",
  );
  assertThrows(() => clipByNorm(0), RangeError, "Expected clipNorm to be above 0 but found 0");
});

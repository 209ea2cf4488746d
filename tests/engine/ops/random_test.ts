/**
 * Random tensors: the same numbers everywhere, new ones for each seed, traced too.
 *
 * @module
 */
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertThrows,
} from "@std/assert";
import { tf } from "../../../lib/deps/tfjs.ts";
import { detached, randomNormal, randomUniform, rows } from "../../../lib/engine/ops/mod.ts";
import { traced } from "../../../lib/engine/traced.ts";
import { testOnBackends } from "../../backends.ts";
import { assertClose } from "../../train/close.ts";

const golden: { seed: [number, number]; uniform: number[] }[] = JSON.parse(
  await Deno.readTextFile(new URL("../../golden/random_losses.json", import.meta.url)),
).draws;

for (const { seed, uniform } of golden) {
  testOnBackends(`randomUniform() of seed ${seed} is Philox, eager and traced`, async () => {
    const tensor = tf.tensor1d(seed, "int32");
    assertEquals([...randomUniform([uniform.length], tensor).dataSync()], uniform);
    const run = traced((seed: tf.Tensor) => randomUniform([uniform.length], seed as tf.Tensor1D));
    assertEquals([...(await run(tensor)).dataSync()], uniform);
    run.dispose();
  });
}

testOnBackends("a traced function draws anew for every seed", async () => {
  const run = traced((seed: tf.Tensor) => randomNormal([3, 2], seed as tf.Tensor1D));
  const draw = async (step: number) => [...(await run(tf.tensor1d([3, step], "int32"))).dataSync()];
  const [first, second, again] = [await draw(0), await draw(1), await draw(0)];
  assertNotEquals(first, second);
  assertEquals(first, again);
  run.dispose();
});

testOnBackends("randomNormal() is normal, whatever the shape", () => {
  const values = randomNormal([100, 4, 50], tf.tensor1d([-5, 9], "int32"));
  assertEquals(values.shape, [100, 4, 50]);
  const { mean, variance } = tf.moments(values);
  assertAlmostEquals(mean.dataSync()[0], 0, 0.03);
  assertAlmostEquals(variance.dataSync()[0], 1, 0.03);
  const within = values.abs().less(1).toFloat().mean().dataSync()[0];
  assertAlmostEquals(within, 0.6827, 0.015);
  assert(values.dataSync().every(Number.isFinite));
});

testOnBackends("randomUniform() is no way for a gradient", () => {
  const seed = tf.tensor1d([1, 2], "int32");
  const slope = tf.grad((x) => x.mul(randomUniform([4], seed)))(tf.ones([4]));
  assertClose(slope.dataSync(), randomUniform([4], seed).dataSync(), 1e-7);
});

testOnBackends("detached() and rows() pass values but no gradient", () => {
  const x = tf.tensor2d([[1, 2], [3, 4], [5, 6]]), indices = tf.tensor1d([2, 2, 0], "int32");
  assertEquals([...rows(x, indices).dataSync()], [5, 6, 5, 6, 1, 2]);
  const slope = tf.grad((x) => detached(x).mul(x).sum())(x);
  assertEquals([...slope.dataSync()], [1, 2, 3, 4, 5, 6]);
});

testOnBackends("random tensors refuse seeds that are not two int32 numbers", () => {
  assertThrows(() => randomUniform([2], tf.tensor1d([1, 2])), TypeError, "float32");
  assertThrows(() => randomNormal([2], tf.tensor1d([1], "int32")), TypeError, "[1]");
  assertThrows(() => rows(tf.ones([2]), tf.tensor1d([0])), TypeError, "int32");
});

/**
 * Tensors in an accelerator's memory.
 *
 * @module
 */
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { EngineError } from "../../../lib/core/errors.ts";
import { tf } from "../../../lib/deps/tfjs.ts";
import { traced } from "../../../lib/engine/traced.ts";
import { accelerator, testOnPlugin } from "./on_plugin.ts";

/** Bytes that a computation moves to the device and back. */
async function moved(run: () => Promise<unknown>) {
  const { toDevice, toHost } = accelerator!.traffic;
  await run();
  const { traffic } = accelerator!;
  return [traffic.toDevice - toDevice, traffic.toHost - toHost];
}

testOnPlugin("tensors stay on the device between calls", async () => {
  const next = traced((x: tf.Tensor) => x.mul(2));
  const x = tf.ones([100]);
  let y: tf.Tensor;
  assertEquals(await moved(async () => void (y = await next(x))), [400, 0]);
  let z: tf.Tensor;
  assertEquals(await moved(async () => void (z = await next(y))), [0, 0]);
  // An input is copied once, however often it is passed.
  assertEquals(await moved(async () => void (await next(x)).dispose()), [0, 0]);
  assertEquals(await moved(async () => assertEquals((await z.data())[99], 4)), [0, 400]);
  next.dispose();
});

testOnPlugin("operations outside of traced functions read tensors of the device", async () => {
  const next = traced((x: tf.Tensor, yes: tf.Tensor) => ({ y: x.add(1), less: x.less(2), yes }));
  const { y, less, yes } = await next(tf.tensor1d([1, 2]), tf.tensor1d([true, false], "bool"));
  const { stalls } = accelerator!.traffic;
  assertEquals([...y.add(y).dataSync()], [4, 6]);
  assertEquals(accelerator!.traffic.stalls, stalls + 1);
  assertEquals([less.dtype, ...less.dataSync()], ["bool", 1, 0]);
  assertEquals([...await yes.data()], [1, 0]);
  assertEquals(y.reshape([2, 1]).shape, [2, 1]);
  next.dispose();
});

testOnPlugin("a donated tensor may be disposed but not read", async () => {
  const next = traced((x: tf.Tensor, y: tf.Tensor) => x.add(y), { donates: [0] });
  const x = tf.tensor1d([1, 2]), y = tf.tensor1d([3, 4]);
  const sum = await next(x, y);
  const before = accelerator!.client.buffers;
  const total = await next(sum, y);
  assertEquals(accelerator!.client.buffers, before);
  assertThrows(() => sum.dataSync(), EngineError, "which a traced function has used up");
  await assertRejects(() => next(sum, y), EngineError, "has used up");
  assertEquals([...total.dataSync()], [7, 10]);
  assertEquals([...y.dataSync()], [3, 4]);
  sum.dispose();
  next.dispose();
});

testOnPlugin("a tensor that another shares is not used up", async () => {
  const next = traced((x: tf.Tensor, y: tf.Tensor) => x.add(y), { donates: [0] });
  const x = await next(tf.tensor1d([1, 2]), tf.tensor1d([0, 0])), same = x.clone();
  await next(x, tf.tensor1d([5, 5]));
  assertEquals([...same.dataSync()], [1, 2]);
  same.dispose();
  const twice = await next(x, x);
  assertEquals([...x.dataSync(), ...twice.dataSync()], [1, 2, 2, 4]);
  next.dispose();
});

testOnPlugin("a donated tensor that is also on the processor can still be read there", async () => {
  const next = traced((x: tf.Tensor) => x.add(1), { donates: [0] });
  const x = await next(tf.tensor1d([1]));
  assertEquals([...x.square().dataSync()], [4]);
  await next(x);
  assertEquals([...x.dataSync()], [2]);
  next.dispose();
});

testOnPlugin("a captured tensor may be disposed", async () => {
  const scale = tf.tensor1d([2, 3]);
  const next = traced((x: tf.Tensor) => x.mul(scale));
  const x = tf.ones([2]), y = await next(x);
  scale.dispose();
  assertEquals([...(await next(x)).dataSync(), ...y.dataSync()], [2, 3, 2, 3]);
  next.dispose();
});

testOnPlugin("strings are refused", async () => {
  const next = traced((x: tf.Tensor) => x);
  await assertRejects(
    () => next(tf.tensor1d(["a"])),
    EngineError,
    "Expected a float32, int32 or bool tensor for an accelerator but found string",
  );
});

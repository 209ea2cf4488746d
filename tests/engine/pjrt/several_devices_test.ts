/**
 * Traced functions that several devices run together: batches that are sharded, and the results of one device.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import { UsageError } from "../../../lib/core/errors.ts";
import { rng } from "../../../lib/core/rng.ts";
import { tf } from "../../../lib/deps/tfjs.ts";
import { recordedModule } from "../../../bench/gpu/recorded_module.ts";
import { execute } from "../../../lib/engine/native.ts";
import { traced } from "../../../lib/engine/traced.ts";
import { makePlan } from "../../../lib/train/plan.ts";
import { randomTensor } from "../../finite_difference.ts";
import { ALL } from "../../long.ts";
import { smallImages } from "../../train/small_images.ts";
import { accelerator, devices, onPlugin, testOnPlugin } from "./on_plugin.ts";
import { firstSteps } from "./recipe_steps.ts";

testOnPlugin("each device gets the rows of its part, and the result is that of one", async () => {
  const two = devices(2), { buffers } = two.client;
  await onPlugin(async () => {
    const run = traced(
      (x: tf.Tensor, scale: tf.Tensor) => ({ rows: x.mul(scale), sum: x.mul(scale).sum() }),
      { shards: ([x]) => [x] },
    );
    const x = tf.tensor2d([[1, 2], [3, 4], [5, 6], [7, 8]]), scale = tf.scalar(2);
    const { rows, sum } = await run(x, scale);
    // The scale is on both.
    assertEquals(two.traffic.toDevice, 4 * 8 + 2 * 4);
    assertEquals([...await rows.data()], [2, 4, 6, 8, 10, 12, 14, 16]);
    assertEquals([...await sum.data()], [72]);
    assertEquals(two.client.buffers - buffers, 2 * 3, "scale, rows and sum on each");
    assertEquals([...x.dataSync()], [1, 2, 3, 4, 5, 6, 7, 8]);
    run.dispose();
  }, two);
});

testOnPlugin("rows that cannot be divided equally are whole on each device", async () => {
  await onPlugin(async () => {
    const run = traced((x: tf.Tensor) => x.sum(), { shards: ([x]) => [x] });
    assertEquals([...await (await run(tf.tensor1d([1, 2, 3]))).data()], [6]);
    assertEquals([...await (await run(tf.tensor1d([1, 2, 3, 4]))).data()], [10]);
    run.dispose();
  }, devices(2));
});

testOnPlugin("several devices take the memory of donated tensors, each its own", async () => {
  const two = devices(2);
  await onPlugin(async () => {
    const next = traced((x: tf.Tensor, rows: tf.Tensor) => x.add(rows.sum(0)), {
      donates: [0],
      shards: ([, rows]) => [rows],
    });
    const rows = tf.ones([4, 2]), first = await next(tf.tensor1d([1, 2]), rows);
    const { buffers } = two.client;
    const second = await next(first, rows);
    assertEquals(two.client.buffers, buffers);
    assertEquals([...await second.data()], [9, 10]);
    next.dispose();
  }, two);
});

/** What the gradients of a convolution with groups are. */
async function groupedConvolution(): Promise<number[]> {
  const x = randomTensor([4, 5, 5, 4], rng(1)), filter = randomTensor([3, 3, 2, 6], rng(2));
  const run = traced((x: tf.Tensor, filter: tf.Tensor) => {
    const attributes = { strides: [1, 2, 2, 1], padding: "SAME", data_format: "NHWC" };
    const [y] = execute("Conv2D", attributes, [x, filter], 1);
    const sizes = [x, filter].map(({ shape }) => tf.tensor1d(shape, "int32"));
    const [ofImages] = execute("Conv2DBackpropInput", attributes, [sizes[0], filter, y], 1);
    const [ofFilter] = execute("Conv2DBackpropFilter", attributes, [x, sizes[1], y], 1);
    return [y, ofImages, ofFilter];
  }, { shards: ([x]) => [x] });
  const found = await run(x, filter);
  run.dispose();
  return (await Promise.all(found.map(async (tensor) => [...await tensor.data()]))).flat();
}

testOnPlugin("each device convolves its own images in groups", async () => {
  const [one, two] = [await groupedConvolution(), await onPlugin(groupedConvolution, devices(2))];
  const scale = Math.max(...one.map(Math.abs));
  const far = one.findIndex((value, i) => Math.abs(value - two[i]) > 1e-6 * scale);
  assertEquals(far, -1, `${one[far]} and ${two[far]}`);
});

const CASES = [
  ["builtin/ce+nbn+lr", 2],
  ["builtin/seesaw", 4],
  ["builtin/bcl+nbn+lr", 2],
  ["builtin/ride3+nbn+lr", 4],
] as const;

// Recording and compiling a step takes seconds, so `deno task test` has one of them.
for (const [recipe, count] of ALL ? CASES : CASES.slice(0, 1)) {
  testOnPlugin(`${count} devices compute the steps of ${recipe} as one does`, async () => {
    const { losses } = await firstSteps(recipe, 5, accelerator);
    const { losses: found } = await firstSteps(recipe, 5, devices(count));
    const far = Math.max(...losses.map((loss, step) => Math.abs(found[step] / loss - 1)));
    assert(far <= 1e-5, `a loss is ${far} from that of one`);
  });
}

testOnPlugin("a batch has to be divisible among the devices", async () => {
  const data = smallImages({ side: 8, max: 20, imbalance: 10 });
  const options = { recipe: "builtin/ce", data, iterations: 1 };
  await assertRejects(
    () => onPlugin(() => makePlan({ ...options, batch: 7 }), devices(2)),
    UsageError,
    "Expected --batch to be a multiple of 2, the number of devices, but found 7",
  );
});

testOnPlugin("a module says which inputs are sharded, and is another for each number", async () => {
  const run = traced((x: tf.Tensor) => x.sum(), { shards: ([x]) => [x] });
  const [one, two] = [
    await recordedModule(accelerator!.client, () => run(tf.ones([4]))),
    await recordedModule(accelerator!.client, () => run(tf.ones([4, 1])), { devices: 2 }),
  ];
  assert(!one.includes("sdy."), one);
  assert(
    two.includes(
      '%arg0: tensor<4x1xf32> {sdy.sharding = #sdy.sharding<@devices, [{"batch"}, {}]>}',
    ),
  );
  run.dispose();
});

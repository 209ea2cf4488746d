/**
 * Several trainings and evaluations at once in one process: none disturbs another.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { BusyError } from "../../lib/core/errors.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { engine } from "../../lib/engine/engine.ts";
import { evaluate } from "../../lib/inference/evaluate.ts";
import { crossEntropy } from "../../lib/losses/mod.ts";
import type { TrainOptions } from "../../lib/settings/train_options.ts";
import { train } from "../../lib/train/train.ts";
import { inFolder } from "../cli/task.ts";
import { smallImages } from "./small_images.ts";
import { smallNetwork } from "./small_network.ts";

await engine();
const data = smallImages({ side: 8, max: 20, imbalance: 10 });
const options: TrainOptions = {
  data,
  network: smallNetwork,
  loss: crossEntropy(),
  batch: 4,
  iterations: 3,
};
const before = tf.memory().numTensors;
const alone = [await train({ ...options, seed: 1 }), await train({ ...options, seed: 2 })];

Deno.test("two trainings at once give the numbers of one after the other", async () => {
  const both = await Promise.all([1, 2].map((seed) => train({ ...options, seed })));
  assertEquals(both.map(({ loss }) => loss), alone.map(({ loss }) => loss));
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("of two trainings into one folder, one is refused", () =>
  inFolder(async (out) => {
    const both = await Promise.allSettled([1, 2].map(() => train({ ...options, out })));
    const refused = both.filter((result) => result.status === "rejected");
    assertEquals(refused.length, 1);
    assert(refused[0].reason instanceof BusyError);
    assertEquals(tf.memory().numTensors, before);
  }));

Deno.test("an evaluation beside a training gives the numbers that it gives alone", async () => {
  const model = { network: smallNetwork, ...smallNetwork.init(1, data.train.shape) };
  const counts = [20, 15, 12, 9, 7, 5, 4, 3, 2, 2];
  const first = await evaluate(model, data.test, { counts });
  const [beside, { loss }] = await Promise.all([
    evaluate(model, data.test, { counts }),
    train({ ...options, seed: 1 }),
  ]);
  assertEquals([beside.perClass, loss], [first.perClass, alone[0].loss]);
  tf.dispose([model.params, model.state]);
  assertEquals(tf.memory().numTensors, before);
});

Deno.test("a worker thread that imports the toolkit trains beside the main thread", async () => {
  const worker = new Worker(new URL("train_in_worker.ts", import.meta.url), { type: "module" });
  const posted = new Promise<number>((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
  });
  try {
    const [loss, here] = await Promise.all([posted, train({ ...options, seed: 1 })]);
    assertEquals([loss, here.loss], [alone[0].loss, alone[0].loss]);
  } finally {
    worker.terminate();
  }
});

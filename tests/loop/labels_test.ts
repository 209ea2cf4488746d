/**
 * Labels that are no classes never reach a step.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import { tf } from "../../lib/deps/tfjs.ts";
import { engine } from "../../lib/engine/engine.ts";
import { recipe } from "../../lib/recipes/mod.ts";
import { train } from "../../lib/train/train.ts";
import { smallImages } from "../train/small_images.ts";
import { smallNetwork } from "../train/small_network.ts";

await engine();

Deno.test("train() refuses a label that mixing has made up", async () => {
  const data = smallImages({ side: 8, max: 20, imbalance: 10 });
  const [stage] = recipe("builtin/ce+mixup")
    .stages({ iterations: 2, batch: 4, counts: Array(10).fill(2), augment: [] });
  const mixing: typeof stage.mixing = {
    ...stage.mixing!,
    mix: (...moment) => {
      const mixed = stage.mixing!.mix(...moment);
      return { ...mixed, partners: mixed.partners.with(0, 10) };
    },
  };
  const before = tf.memory().numTensors;
  await assertRejects(
    () => train({ data, network: smallNetwork, stages: [{ ...stage, mixing }], batch: 4 }),
    RangeError,
    "Expected partners of 10 classes, integers from 0 to 9, but found 10 at position 0",
  );
  assertEquals(tf.memory().numTensors, before);
});

/**
 * Mixing during training: losses, batches, second sampler.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { tf } from "../../lib/deps/tfjs.ts";
import { batchSource, type TrainingBatch } from "../../lib/loop/batch_source.ts";
import { recipe } from "../../lib/recipes/mod.ts";
import { testOnBackends } from "../backends.ts";
import { assertGradients } from "../finite_difference.ts";
import { assertClose } from "../train/close.ts";
import { smallImages } from "../train/small_images.ts";

const golden = JSON.parse(
  await Deno.readTextFile(new URL("../golden/heads.json", import.meta.url)),
);
const CASES: Record<string, string> = {
  "ce shared": "ce+mixup",
  "balanced-softmax shared": "balanced-softmax+cmo",
  "ce single": "ce+remix",
  "balanced-softmax single": "balanced-softmax+remix",
};

testOnBackends("losses of mixed images agree with PyTorch and with finite differences", () => {
  assertEquals(Object.keys(CASES), Object.keys(golden.mixed));
  for (const [name, tokens] of Object.entries(CASES)) {
    const [{ mixing }] = recipe(`builtin/${tokens}`)
      .stages({ iterations: 9, batch: 6, counts: golden.counts, augment: [] });
    const labels = tf.tensor1d(golden.labels, "int32");
    const partners = tf.tensor1d(golden.partners, "int32");
    const fractions = name.endsWith("shared") ? Array(6).fill(0.3) : golden.shares;
    const loss = (z: tf.Tensor) =>
      mixing!.loss(z as tf.Tensor2D, labels, partners, tf.tensor1d(fractions));
    const z = tf.tensor2d(golden.logits, [6, 5]);
    assertAlmostEquals(loss(z).dataSync()[0], golden.mixed[name].value, 1e-5);
    assertClose(tf.grad(loss)(z).dataSync(), golden.mixed[name].gradient, 1e-5);
    assertGradients(loss, [z]);
  }
});

const data = smallImages({ side: 8, max: 24, imbalance: 12 });
const labels = [...data.train.labels];
const counts = Array.from({ length: 10 }, (_, c) => labels.filter((label) => label === c).length);
const BATCH = 12;

/** Creates batches of a recipe's first stage. */
async function take(token: string, count: number, position = 0): Promise<TrainingBatch[]> {
  const [stage] = recipe(`builtin/${token}`)
    .stages({ iterations: 200, batch: BATCH, counts, augment: [] });
  const options = { batch: BATCH, seed: 7, position, total: 200 * BATCH, counts, workers: 0 };
  const source = batchSource(stage, data, options);
  const found: TrainingBatch[] = [];
  for (let i = 0; i < count; i++) found.push(await source.next());
  await source.close();
  return found;
}

for (const token of ["mixup", "cutmix", "remix", "cmo"]) {
  Deno.test(`${token} yields the same batches from any position`, async () => {
    const whole = await take(token, 60);
    const rest = await take(token, 2, whole[56].position);
    assertEquals(rest, whole.slice(57, 59));
    const plain = await take("ce", 60);
    assertEquals(whole.map(({ labels }) => labels), plain.map(({ labels }) => labels));
    assertEquals(plain[0].mixed, undefined);
    const different = whole.filter(({ images }, i) => `${images}` !== `${plain[i].images}`);
    assert(different.length > 10, `${different.length} of 60 batches are mixed`);
    for (const { mixed } of whole) {
      assert(mixed!.shares.every((fraction) => fraction >= 0 && fraction <= 1));
      if (token !== "remix") assertEquals(new Set(mixed!.shares).size, 1);
    }
  });
}

Deno.test("CMO pastes class-balanced images in its middle epochs", async () => {
  const epochs = Math.ceil(200 * BATCH / labels.length);
  const batches = await take("cmo", 200);
  const epochOf = ({ position }: TrainingBatch) => Math.floor((position - BATCH) / labels.length);
  const pasted = batches.filter(({ mixed, labels }) => `${mixed!.partners}` !== `${labels}`);
  assertEquals(epochOf(pasted[0]), 4);
  assertEquals(epochOf(pasted.at(-1)!), epochs - 4);
  const partners = pasted.flatMap(({ mixed }) => [...mixed!.partners]);
  const rare = partners.filter((partner) => counts[partner] <= 3).length / partners.length;
  const expected = counts.filter((count) => count <= 3).length / 10;
  assert(Math.abs(rare - expected) < 0.06, `${rare} of partners are rare instead of ${expected}`);
});

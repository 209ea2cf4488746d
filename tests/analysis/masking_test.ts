import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  channelDrops,
  channelGroups,
  maskChannels,
  maskGroups,
  rareAndFrequent,
} from "../../lib/analysis/mod.ts";
import { maskedRecognition } from "../../lib/analysis/masked_recognition.ts";
import { classCounts } from "../../lib/data/dataset.ts";
import { builtin } from "../../lib/data/builtin/mod.ts";
import { subset } from "../../lib/data/subset.ts";
import { disposeTree } from "../../lib/core/tree.ts";
import { logitsRectification, nbn, network, resnetCifar } from "../../lib/nn/mod.ts";
import type { Module } from "../../lib/nn/module.ts";
import { evaluate } from "../../lib/inference/evaluate.ts";
import type { Model } from "../../lib/inference/predict.ts";
import { testOnBackends } from "../backends.ts";
import { assertClose, dataset, golden, model } from "./golden.ts";

const { counts } = golden;

for (const tap of ["embedding", "mid"] as const) {
  testOnBackends(`maskedRecognition() at ${tap} agrees with PyTorch`, async () => {
    const alone = golden[tap].map((_, channel) => [channel]);
    const { whole, masked } = await maskedRecognition(model(), dataset, alone, { tap, batch: 25 });
    assertClose("all", [whole.all], [golden.whole.all]);
    assertClose("whole", whole.perClass, golden.whole.perClass);
    golden[tap].forEach((expected, channel) => {
      assertClose(`all without ${channel}`, [masked[channel].all], [expected.all]);
      assertClose(`${tap} without ${channel}`, masked[channel].perClass, expected.perClass);
    });
  });
}

testOnBackends(
  "channelDrops() averages over rare and frequent classes with images",
  async () => {
    const drops = await channelDrops(model(), dataset, { counts });
    assertEquals(drops.classes.rare, [3]);
    assertEquals(drops.classes.frequent, [0]);
    const whole = golden.whole.perClass;
    golden.embedding.forEach(({ perClass }, channel) => {
      assertClose("rare", [drops.rare[channel]], [whole[3]! - perClass[3]!]);
      assertClose("frequent", [drops.frequent[channel]], [whole[0]! - perClass[0]!]);
      assertEquals(drops.perClass[channel][1], null);
    });
    const groups = channelGroups(drops, { severe: 5, negligible: 0 });
    assertEquals(groups, {
      rareSpecific: [3, 4, 5],
      frequentSpecific: [2],
      common: [0, 1],
      other: [],
    });
  },
);

testOnBackends("maskGroups() agrees with PyTorch", async () => {
  const groups = { rareSpecific: [0, 1], frequentSpecific: [2], common: [3, 4, 5], other: [] };
  const rows = await maskGroups(model(), dataset, groups, { counts });
  assertEquals(rows.map(({ masked, channels }) => [masked, channels]), [
    ["none", 0],
    ["rare-specific", 2],
    ["frequent-specific", 1],
    ["common", 3],
  ]);
  rows.forEach((row, i) => {
    const { all, perClass } = golden.groups[i];
    assertClose("row", [row.all, row.head, row.medium, row.tail], [
      all,
      ...[0, 2, 3].map((c) => perClass[c]),
    ]);
    assertClose("drop", [row.drop.all, row.drop.tail], [
      golden.whole.all - all,
      golden.whole.perClass[3]! - perClass[3]!,
    ]);
  });
});

testOnBackends("maskChannels() creates a model that evaluates like PyTorch's", async () => {
  for (const [tap, channel] of [["embedding", 3], ["mid", 0]] as const) {
    const masked = maskChannels(model(), [channel], { tap });
    const { all, perClass } = await evaluate(masked, dataset, { counts });
    assertClose(tap, [all, ...perClass], [
      golden[tap][channel].all,
      ...golden[tap][channel].perClass,
    ]);
  }
});

/** Computes the drops at every tap with channels by masking and evaluating the whole network. */
async function byEvaluation(whole: Model, images: typeof dataset, tap: string, channel: number) {
  const masked = maskChannels(whole, [channel], { tap });
  return (await evaluate(masked, images, { counts: classCounts(builtin().train) })).perClass;
}

const { test } = builtin({ testImages: 3 });

for (
  const [name, options, taps] of [
    ["NBN and LR", { norm: nbn(), logits: logitsRectification() }, ["embedding", "stage2/block1"]],
    ["a cosine head", { head: "cosine" }, ["embedding"]],
  ] as const
) {
  testOnBackends(
    `masking a network with ${name} agrees with evaluating masked features`,
    async () => {
      const net = resnetCifar({ depth: 8, width: 0.5, classes: 10, ...options });
      const { params, state } = net.init(1, test.shape);
      for (const tap of taps) {
        const found = await maskedRecognition({ network: net, params, state }, test, [[0], [7]], {
          tap,
        });
        for (const [i, channel] of [0, 7].entries()) {
          const expected = await byEvaluation({ network: net, params, state }, test, tap, channel);
          assertEquals(found.masked[i].perClass, expected);
        }
      }
      disposeTree(params);
      disposeTree(state);
    },
    { only: ["tensorflow", "wasm"] },
  );
}

testOnBackends("masking is correct with a connection that bypasses the tap", async () => {
  const base = model();
  // The logits also receive the mean of the image, which passes no tap.
  const around: Module = {
    init: () => ({ params: {}, state: {}, outputShape: [4] }),
    apply(params, state, x, mode) {
      const { y } = base.network.apply(params, state, x, mode);
      return { y: y.add(x.mean([1, 2, 3], false).reshape([-1, 1]).mul([3, -2, 1, 0])), state: {} };
    },
  };
  const net = network(around, { name: "around" });
  const whole = { ...base, network: net };
  for (const tap of ["embedding", "mid"]) {
    const { masked } = await maskedRecognition(whole, dataset, [[0], [4]], { tap });
    for (const [i, channel] of [0, 4].entries()) {
      const { perClass } = await evaluate(maskChannels(whole, [channel], { tap }), dataset, {
        counts,
      });
      assertEquals(masked[i].perClass, perClass);
    }
  }
});

testOnBackends("masking throws on unknown taps and channels with the known ones", async () => {
  const known = 'Expected a tap of small (mid, last, embedding, logits) but found "stage9"';
  const options = { counts, tap: "stage9" };
  await assertRejects(() => channelDrops(model(), dataset, options), RangeError, known);
  await assertRejects(
    () => evaluate(maskChannels(model(), [0], options), dataset, { counts }),
    RangeError,
    known,
  );
  await assertRejects(
    () => maskedRecognition(model(), dataset, [[6]]),
    RangeError,
    "Expected channels of embedding from 0 to 5 but found 6",
  );
  await assertRejects(
    () => evaluate(maskChannels(model(), [-1]), dataset, { counts }),
    RangeError,
    "from 0 to 5 but found -1",
  );
  await assertRejects(
    () => channelDrops(model(), dataset, { counts: [1] }),
    RangeError,
    "training count for each of the 4 classes of formula but found 1",
  );
  await assertRejects(
    () => maskedRecognition(model(), subset(dataset, []), [[0]]),
    RangeError,
    "at least one image",
  );
});

Deno.test("rareAndFrequent() falls back to Medium and reports it", () => {
  const { rareGroup, rare, frequentGroup, note } = rareAndFrequent([500, 200, 50, 30]);
  assertEquals([rareGroup, rare, frequentGroup], ["medium", [2, 3], "head"]);
  assertEquals(note, "There is no Tail class: Medium plays the rare part.");
  assertEquals(rareAndFrequent([500, 50, 5]).note, null);
  assertEquals(
    rareAndFrequent([50, 5]).note,
    "There is no Head class: Medium plays the frequent part.",
  );
  // The Tail class has no test image.
  assertEquals(rareAndFrequent([500, 50, 5], [9, 9, 0]).rare, [1]);
  assertThrows(() => rareAndFrequent([500, 200]), RangeError, "but found Head: take a longer tail");
});

Deno.test("channelGroups() assigns every channel to exactly one group", () => {
  const drops = { rare: [0.3, -1, 0.2, 0.1, 0.1], frequent: [-0.5, 0.2, 0.2, 0.3, 0] };
  const groups = channelGroups(drops);
  assertEquals(groups, { rareSpecific: [0], frequentSpecific: [1], common: [2], other: [3, 4] });
  assert(channelGroups(drops, { severe: 1 }).other.length === 5);
  assertThrows(() => channelGroups(drops, { severe: 0 }), RangeError, "found 0 and 0.05");
});

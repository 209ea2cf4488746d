import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  attentionMap,
  classAttention,
  classifierWeights,
  collectFeatures,
  gradCam,
  uniqueChannels,
  upsample,
} from "../../lib/analysis/mod.ts";
import { subset } from "../../lib/data/subset.ts";
import { predict } from "../../lib/inference/predict.ts";
import { testOnBackends } from "../backends.ts";
import { assertClose, dataset, golden, model } from "./golden.ts";

const TEN = subset(dataset, Array.from({ length: 10 }, (_, i) => i));

testOnBackends("attentionMap() agrees with PyTorch", async () => {
  const { mid } = await collectFeatures(model(), dataset, { taps: ["mid"], batch: 7 });
  const map = attentionMap(mid, { image: 3, channels: [0, 2, 4], power: 3, size: [6, 6] });
  assertClose("attention", map.values, golden.attention, 1e-4);
});

testOnBackends("gradCam() agrees with PyTorch's gradients", async () => {
  const { predicted } = await predict(model(), TEN);
  const mid = await gradCam(model(), TEN, { tap: "mid", classes: predicted, batch: 4 });
  assertClose("mid", mid.flatMap(({ values }) => [...values]), golden.gradCam.mid, 1e-4);
  const last = await gradCam(model(), TEN, { tap: "last" });
  assertClose("last", last.flatMap(({ values }) => [...values]), golden.gradCam.last, 1e-4);
});

testOnBackends("gradCam() before a linear head is the class activation map", async () => {
  const whole = model();
  const { last } = await collectFeatures(whole, TEN, { taps: ["last"] });
  const [height, width, channels] = last.shape;
  const weights = classifierWeights(whole).values;
  const [map] = await gradCam(whole, TEN, { tap: "last", classes: Array(10).fill(2) });
  const cam = Float32Array.from({ length: height * width }, (_, index) => {
    let sum = 0;
    for (let c = 0; c < channels; c++) {
      sum += weights[c * 4 + 2] * last.values[index * channels + c];
    }
    return Math.max(0, sum / (height * width));
  });
  assertClose("map", map.values, upsample({ height, width, values: cam }, 6, 6).values);
});

testOnBackends("classAttention() chooses channels by the classifier's weights", async () => {
  const some = subset(dataset, [0, 1, 2, 3, 4, 5]);
  const maps = await classAttention(model(), some, { counts: golden.counts, channels: 2 });
  const { last } = await collectFeatures(model(), some, { taps: ["last"] });
  const { predicted } = await predict(model(), some);
  maps.forEach((map, image) => {
    assertEquals([map.label, map.predicted], [some.labels[image], predicted[image]]);
    assert([0, 1].includes(map.rival) && map.rival !== map.label);
    const over = (channels?: readonly number[]) =>
      attentionMap(last, { image, channels, size: [6, 6] }).values;
    assertEquals(map.rare.values, over(map.rareChannels));
    assertEquals(map.frequent.values, over(map.frequentChannels));
    assertEquals(map.all.values, over());
  });
  await assertRejects(
    () => classAttention(model(), some, { counts: golden.counts, tap: "mid" }),
    RangeError,
    "the 6 channels that the classifier reads but found [6,6,5] at mid",
  );
});

Deno.test("uniqueChannels() agrees with NumPy", () => {
  const head = { values: Float32Array.of(5, 4, 2, -1, 0, 3, -1, -2), channels: 4, classes: 2 };
  assertEquals(uniqueChannels(head, { label: 0, against: [0, 1], count: 4 }), [1, 0]);
  assertEquals(uniqueChannels(head, { label: 1, against: [0] }), [2]);
  assertThrows(
    () => uniqueChannels(head, { label: 0, against: [0] }),
    RangeError,
    "another class than 0",
  );
  assertThrows(
    () => uniqueChannels(head, { label: 2, against: [0] }),
    RangeError,
    "from 0 to 1 but found 2",
  );
});

Deno.test("channel attention throws on features without positions and on unknown images, channels and taps", async () => {
  const pooled = {
    tap: "embedding",
    shape: [2],
    values: new Float32Array(2),
    labels: new Int32Array(1),
  };
  assertThrows(() => attentionMap(pooled), RangeError, "but found [2] at embedding");
  const feature = { ...pooled, tap: "last", shape: [1, 1, 2] };
  assertThrows(
    () => attentionMap(feature, { image: 1 }),
    RangeError,
    "image from 0 to 0 but found 1",
  );
  assertThrows(
    () => attentionMap(feature, { channels: [2] }),
    RangeError,
    "from 0 to 1 but found 2",
  );
  assertEquals([...attentionMap(feature, { channels: [] }).values], [0]);
  await assertRejects(
    () => gradCam(model(), TEN, { tap: "x" }),
    RangeError,
    "(mid, last, embedding, logits)",
  );
  await assertRejects(
    () => gradCam(model(), TEN, { tap: "embedding" }),
    RangeError,
    "found [6] at embedding",
  );
  await assertRejects(
    () => gradCam(model(), TEN, { tap: "mid", classes: [1] }),
    RangeError,
    "each of 10 images but found 1",
  );
});

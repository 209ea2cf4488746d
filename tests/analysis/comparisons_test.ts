/**
 * Statistics by which notebooks and reports compare networks.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  accuracyByTau,
  attentionAgreement,
  type ClassAttention,
  coefficientOfVariation,
  confusionByFrequency,
  mostConfidentErrors,
  patternShares,
  randomChannelGroups,
  scaledClassifierWeights,
} from "../../lib/analysis/mod.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { accuracyGain } from "../../lib/metrics/accuracy_gain.ts";
import { evaluate } from "../../lib/inference/evaluate.ts";
import { testOnBackends } from "../backends.ts";
import { dataset, golden, model } from "./golden.ts";

Deno.test("coefficientOfVariation() is the standard deviation over the absolute mean", () => {
  // By NumPy: np.std([2, 4, 4, 4, 5, 5, 7, 9]) == 2, np.mean(…) == 5.
  const values = [2, 4, 4, 4, 5, 5, 7, 9];
  assertEquals(coefficientOfVariation(values), 0.4);
  assertAlmostEquals(coefficientOfVariation(values.map((value) => -3 * value)), 0.4, 1e-15);
  assertEquals(coefficientOfVariation(Float32Array.of(7, 7, 7)), 0);
  assertThrows(() => coefficientOfVariation([]), RangeError, "at least one value");
  // Its square is Table XVI's variance over the squared mean.
  const { mean, ofMeans } = golden.statistics;
  const average = mean.reduce((sum, value) => sum + value, 0) / mean.length;
  assertAlmostEquals(coefficientOfVariation(mean) ** 2, ofMeans / average ** 2, 1e-6);
});

Deno.test("confusionByFrequency() counts errors towards more and less frequent classes", () => {
  const confusion = [[8, 1, 1, 0], [2, 5, 2, 1], [3, 2, 4, 1], [4, 3, 2, 1]];
  const counts = [500, 50, 50, 5];
  assertEquals(confusionByFrequency(confusion, counts), {
    images: 40,
    recognised: 18,
    asMoreFrequent: 2 + 3 + 4 + 3 + 2,
    asEquallyFrequent: 4,
    asRarer: 4,
  });
  const { images, asMoreFrequent, asRarer } = confusionByFrequency(confusion, counts, [3]);
  assertEquals([images, asMoreFrequent, asRarer], [10, 9, 0]);
  assertThrows(() => confusionByFrequency(confusion, [1]), RangeError, "each of 4 classes");
  assertThrows(() => confusionByFrequency(confusion, counts, [4]), RangeError, "found 4");
});

Deno.test("attentionAgreement() averages cosines and fractions over images", () => {
  const map = (...values: number[]) => ({
    height: 1,
    width: values.length,
    values: Float32Array.from(values),
  });
  const channels = { rival: 0, frequentChannels: [0], rareChannels: [1] };
  const maps: ClassAttention[] = [
    { label: 2, predicted: 2, ...channels, frequent: map(3, 4), rare: map(4, -3), all: map(6, 8) },
    { label: 2, predicted: 0, ...channels, frequent: map(0, 0), rare: map(1, 0), all: map(1, 1) },
  ];
  const { recognised, rival, own } = attentionAgreement(maps);
  assertEquals([recognised, rival.cosine, rival.share], [50, 0.5, 25]);
  assertAlmostEquals(own.cosine, Math.SQRT1_2 / 2, 1e-12);
  assertAlmostEquals(own.share, (100 / 14 + 50) / 2, 1e-12);
  assertThrows(() => attentionAgreement([]), RangeError, "at least one image");
});

Deno.test("randomChannelGroups() draws each channel once, excluding the chosen ones", () => {
  const chosen = {
    rareSpecific: Array.from({ length: 14 }, (_, i) => i),
    frequentSpecific: Array.from({ length: 11 }, (_, i) => 14 + i),
    common: [25, 26],
    other: Array.from({ length: 37 }, (_, i) => 27 + i),
  };
  const drawn = randomChannelGroups(chosen);
  const sizes = (groups: typeof drawn) => Object.values(groups).map(({ length }) => length);
  assertEquals(sizes(drawn), sizes(chosen));
  const all = Object.values(drawn).flat().sort((a, b) => a - b);
  assertEquals(all, Array.from({ length: 64 }, (_, i) => i));
  assertEquals(randomChannelGroups(chosen), drawn);
  const same = (a: readonly number[], b: readonly number[]) => `${a}` === `${b}`;
  assertEquals(same(drawn.rareSpecific, chosen.rareSpecific), false);
  assertEquals(same(drawn.rareSpecific, randomChannelGroups(chosen, 1).rareSpecific), false);
});

Deno.test("patternShares() separates weights from biases and counts layers", () => {
  const sign = (path: string, patternA: number) => ({
    path,
    patternA,
    patternB: 1 - patternA,
    recent: [],
  });
  const { v, u } = patternShares({
    signs: [
      sign("stage3/block1/bn2/weight", 0.75),
      sign("stage3/block1/bn2/bias", 0.25),
      sign("stage3/block2/bn2/weight", 0.5),
      sign("stage3/block2/bn2/bias", 0.625),
    ],
  });
  assertEquals(v, { layers: 2, mean: 0.625, min: 0.5, max: 0.75, prevailing: 1 });
  assertEquals(u, { layers: 2, mean: 0.4375, min: 0.25, max: 0.625, prevailing: 1 });
  assertThrows(() => patternShares({ signs: [] }), RangeError, "train with nbn()");
});

Deno.test("mostConfidentErrors() sorts errors by confidence and excludes correct predictions", () => {
  const predictions = {
    classes: 2,
    labels: Int32Array.of(0, 0, 1, 1),
    predicted: Int32Array.of(1, 0, 0, 0),
    probabilities: Float32Array.of(0.4, 0.6, 0.9, 0.1, 0.7, 0.3, 0.8, 0.2),
  };
  assertEquals(mostConfidentErrors(predictions), [3, 2, 0]);
  assertEquals(mostConfidentErrors(predictions, 1), [3]);
});

Deno.test("accuracyGain() is null for a group without classes", () => {
  const before = { all: 50, head: 90, medium: null, tail: 10 };
  const after = { all: 48, head: 84.5, medium: 20, tail: 22.5 };
  assertEquals(accuracyGain(after, before), { all: -2, head: -5.5, medium: null, tail: 12.5 });
  // Results of earlier versions lack the mean over classes.
  assertEquals(accuracyGain({ ...after, mean: 60 }, before).mean, undefined);
  assertEquals(accuracyGain({ ...after, mean: 60 }, { ...before, mean: 50.5 }).mean, 9.5);
});

testOnBackends("scaledClassifierWeights() applies LWS's factor of each class", () => {
  const weight = tf.tensor2d([[1, 2, 3], [4, 5, 6]]);
  const plain = scaledClassifierWeights({ params: { head: { weight } } });
  assertEquals([...plain.values], [1, 2, 3, 4, 5, 6]);
  const scale = tf.tensor1d([1, 0.5, 2]);
  const { values } = scaledClassifierWeights({ params: { head: { weight }, lws: { scale } } });
  assertEquals([...values], [1, 1, 6, 4, 2.5, 12]);
});

testOnBackends(
  "accuracyByTau() begins with the network's accuracy without bias",
  async () => {
    const { network, params, state } = model();
    const { head, ...others } = params as { head: { weight: tf.Tensor2D; bias?: tf.Tensor } };
    const unbiased = {
      network,
      state,
      params: {
        ...others,
        head: { ...head, ...(head.bias && { bias: tf.zerosLike(head.bias) }) },
      },
    };
    const counts = [500, 200, 50, 5];
    const { all, mean, head: ofHead, medium, tail } = await evaluate(unbiased, dataset, { counts });
    const [first, second] = await accuracyByTau({ network, params, state }, dataset, [0, 1], {
      counts,
    });
    assertEquals(first, { all, mean, head: ofHead, medium, tail });
    // At τ = 1 all weight vectors have length 1, as if normalised before.
    const weight = tf.tidy(() => head.weight.div(head.weight.square().sum(0, true).sqrt()));
    const normalised = {
      ...unbiased,
      params: { ...unbiased.params, head: { ...unbiased.params.head, weight } },
    };
    const expected = await evaluate(normalised, dataset, { counts });
    assertEquals(second.all, expected.all);
  },
);

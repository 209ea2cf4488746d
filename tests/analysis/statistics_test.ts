import { assertAlmostEquals, assertEquals, assertRejects, assertThrows } from "@std/assert";
import {
  calibrationBins,
  classifierWeights,
  classWeightNorms,
  collectFeatures,
  featureStatistics,
  histogram,
  listNorms,
  logitStatistics,
  magnitudeHistory,
  normLengths,
  readMetrics,
  sampledClassFractions,
  statisticVariance,
  uniqueChannels,
  weightCurve,
} from "../../lib/analysis/mod.ts";
import { DataError } from "../../lib/core/errors.ts";
import { subset } from "../../lib/data/subset.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { nbn, resnetCifar } from "../../lib/nn/mod.ts";
import { instanceBalancedSampler, reversedSampler } from "../../lib/samplers/mod.ts";
import { predict } from "../../lib/inference/predict.ts";
import { testOnBackends } from "../backends.ts";
import { formula, formulaTensor } from "../nn/formula.ts";
import { assertClose, dataset, golden, model } from "./golden.ts";

testOnBackends("featureStatistics() and statisticVariance() agree with NumPy", async () => {
  const { embedding, mid } = await collectFeatures(model(), dataset, {
    taps: ["embedding", "mid"],
    pooled: true,
    batch: 16,
  });
  const { mean, deviation, ...expected } = golden.statistics;
  const found = featureStatistics(embedding);
  assertClose("mean", found.mean, mean);
  assertClose("deviation", found.deviation, deviation);
  const { ofMeans, ofDeviations, ofVariances } = statisticVariance(found);
  assertClose("variances", [ofMeans, ofDeviations, ofVariances], [
    expected.ofMeans,
    expected.ofDeviations,
    expected.ofVariances,
  ]);
  assertClose("pooled", featureStatistics(mid).mean, golden.pooledMid);
  assertEquals(
    histogram(embedding.values, { bins: 7 }).map(({ count }) => count),
    expected.histogram,
  );
});

testOnBackends("classifierWeights() and statistics of them agree with NumPy", () => {
  const weights = classifierWeights(model());
  assertClose("norms", classWeightNorms(weights), golden.norms);
  for (const [label, channels] of Object.entries(golden.unique)) {
    const against = [0, 1, 2, 3];
    assertEquals(uniqueChannels(weights, { label: Number(label), against, count: 6 }), channels);
  }
  assertThrows(
    () => classifierWeights(model(), { path: "fc" }),
    RangeError,
    "Expected a linear layer at fc but found head",
  );
});

testOnBackends("logitStatistics() and calibrationBins() agree with NumPy", async () => {
  const predictions = await predict(model(), dataset);
  const found = logitStatistics(predictions);
  assertClose("mean", found.map(({ mean }) => mean), golden.logits.mean);
  assertClose("deviation", found.map(({ deviation }) => deviation), golden.logits.deviation);
  assertClose("own", found.map(({ ownMean }) => ownMean), golden.logits.own);
  const bins = calibrationBins(predictions, { bins: 5 });
  assertEquals(bins.map(({ images }) => images), golden.bins.map(({ images }) => images));
  assertClose(
    "confidence",
    bins.map((bin) => bin.confidence),
    golden.bins.map((bin) => bin.confidence),
  );
  assertClose("accuracy", bins.map((bin) => bin.accuracy), golden.bins.map((bin) => bin.accuracy));
  assertThrows(
    () => logitStatistics({ ...predictions, labels: new Int32Array(0) }),
    RangeError,
    "found none",
  );
  assertThrows(() => calibrationBins(predictions, { bins: 0 }), RangeError, "found 0");
});

testOnBackends("weightCurve() uses NBN's effective weights", () => {
  const network = resnetCifar({ depth: 8, width: 40 / 64, classes: 3, norm: nbn() });
  const { params, state } = network.init(0, [32, 32, 3]);
  const layer = (path: string[]) =>
    path.reduce((node, name) => node[name] as typeof params, params) as Record<string, tf.Tensor>;
  layer(["stage3", "block1", "bn2"]).weight = formulaTensor("direction", [40]);
  layer(["nbn"]).magnitude = tf.scalar(1.7);
  const { path, kind, weights } = weightCurve({ network, params, state });
  assertEquals([path, kind], ["stage3/block1/bn2", "nbn"]);
  assertClose("weights", weights, golden.nbn);
  const lengths = normLengths(listNorms({ network, params, state }));
  const { weightLength, biasLength, weightVariance } = lengths.at(-1)!;
  assertAlmostEquals(weightLength, 1.7, 1e-5);
  const mean = golden.nbn.reduce((sum, weight) => sum + weight, 0) / 40;
  assertAlmostEquals(weightVariance, 1.7 ** 2 / 40 - mean ** 2, 1e-5);
  assertEquals([biasLength, lengths[0].weightLength, lengths.length], [0, Math.sqrt(10), 7]);
  const plain = weightCurve({ network, params, state }, { path: "stem/bn" });
  assertEquals([plain.kind, plain.weights.length, plain.weights[0]], ["bn", 10, 1]);
  assertThrows(
    () => weightCurve({ network, params, state }, { path: "bn" }),
    RangeError,
    "Expected a norm layer of resnet8-x0.625 (stem/bn, stage1/block1/bn1",
  );
});

testOnBackends("listNorms() reports the layers with NBN", () => {
  const indices = (placement: "default" | "A" | "B" | "C") => {
    const network = resnetCifar({ depth: 14, classes: 2, shortcut: "B", norm: nbn({ placement }) });
    const model = { network, ...network.init(0, [32, 32, 3]) };
    return listNorms(model).filter(({ kind }) => kind === "nbn").map(({ path }) => path);
  };
  assertEquals(indices("default"), [
    "stage3/block1/bn2",
    "stage3/block1/shortcut/bn",
    "stage3/block2/bn2",
  ]);
  assertEquals([indices("A").length, indices("B").length, indices("C").length], [5, 2, 15]);
});

testOnBackends(
  "collectFeatures() keeps the order for every batch size, and throws on no images and unknown taps",
  async () => {
    const all = await collectFeatures(model(), dataset, { taps: ["mid", "embedding"] });
    const small = await collectFeatures(model(), dataset, { taps: ["mid", "embedding"], batch: 7 });
    assertEquals([all.mid.shape, small.mid.values.length], [[6, 6, 5], 60 * 180]);
    assertClose("mid", small.mid.values, all.mid.values);
    assertClose("embedding", small.embedding.values, all.embedding.values);
    await assertRejects(
      () => collectFeatures(model(), dataset, { taps: ["pool"] }),
      RangeError,
      'Expected a tap of small (mid, last, embedding, logits) but found "pool"',
    );
    await assertRejects(
      () => collectFeatures(model(), subset(dataset, []), { taps: ["mid"] }),
      RangeError,
      "at least one image in formula but found none",
    );
  },
);

Deno.test("histogram() uses common bins and accepts constant values", () => {
  const bins = histogram([0, 1, 2, 9], { bins: 4, range: [0, 4] });
  assertEquals(bins.map(({ count }) => count), [1, 1, 1, 0]);
  assertEquals(histogram([3, 3], { bins: 1 }), [{ from: 2.5, to: 3.5, count: 2 }]);
  assertThrows(() => histogram([]), RangeError, "at least one value");
  assertThrows(() => histogram([1], { bins: 0 }), RangeError, "found 0");
  assertThrows(() => histogram([1], { range: [2, 1] }), RangeError, "from low to high");
});

Deno.test("magnitudeHistory() agrees with NumPy and ignores evaluation rows", () => {
  const values = [...formula("slopes", 100)].map((value) => value - 0.2);
  const step = [...values.keys()].map((i) => i + 1);
  const columns = { step: [...step, 100], "gradient:bn/bias": [...values, null] };
  const { signs, magnitudes, step: steps } = magnitudeHistory({ step: [...step, 100], columns }, {
    window: 10,
  });
  assertEquals([magnitudes, steps], [[], step]);
  assertClose("pattern A", [signs[0].patternA, signs[0].patternB], [
    golden.patternA.whole,
    1 - golden.patternA.whole,
  ]);
  assertClose("recent", signs[0].recent, golden.patternA.recent);
  assertThrows(() => magnitudeHistory({ step, columns }, { window: 0 }), RangeError, "found 0");
});

Deno.test("readMetrics() drops an incomplete last line and throws on a file that is no log", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await assertRejects(
      () => readMetrics(folder),
      DataError,
      `Expected the log of a run at ${folder}/metrics.csv`,
    );
    const file = `${folder}/metrics.csv`;
    await Deno.writeTextFile(file, "step,loss\r\n1,2\r\n2,");
    assertEquals((await readMetrics(file)).columns, { step: [1], loss: [2] });
    await Deno.writeTextFile(file, "a,b\r\n1,2\r\n");
    await assertRejects(() => readMetrics(file), DataError, 'the first column is "a"');
    await Deno.writeTextFile(file, "step,loss\r\n1,x\r\n");
    await assertRejects(() => readMetrics(file), DataError, '"x" in column loss of row 1');
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("sampledClassFractions() counts a sampler's draws", () => {
  const labels = [...Array(90).fill(0), ...Array(10).fill(1)];
  assertEquals(sampledClassFractions(instanceBalancedSampler, labels, { draws: 1000 }), [0.9, 0.1]);
  assertClose("reversed", sampledClassFractions(reversedSampler, labels, { draws: 20_000 }), [
    0.1,
    0.9,
  ], 0.01);
  assertThrows(
    () => sampledClassFractions(instanceBalancedSampler, labels, { draws: 0 }),
    RangeError,
    "found 0",
  );
});

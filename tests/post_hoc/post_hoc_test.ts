/**
 * Classifiers changed after training, against NumPy, with extreme and invalid input.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { rng } from "../../lib/core/rng.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { disalignLogits } from "../../lib/losses/mod.ts";
import {
  classMeans,
  logN,
  logNStatistics,
  maxNorm,
  maxNormThreshold,
  nearestClassMean,
  tauNorm,
  updateLogNStatistics,
} from "../../lib/post_hoc/mod.ts";
import { testOnBackends } from "../backends.ts";
import { assertGradients, randomTensor } from "../finite_difference.ts";
import { assertClose } from "../train/close.ts";

const golden = JSON.parse(
  await Deno.readTextFile(new URL("../golden/post_hoc.json", import.meta.url)),
);

const logits = (): tf.Tensor2D => tf.tensor2d(golden.logits, [40, 5]);
const weight = (): tf.Tensor2D => tf.tensor2d(golden.weight, [4, 5]);

testOnBackends(
  "logNStatistics() and logN() agree with NumPy for logits in any chunks",
  () => {
    const whole = logits();
    for (const sizes of [[40], [1, 39], [16, 16, 8]]) {
      const found = logNStatistics(tf.split<tf.Tensor2D>(whole, sizes));
      assertClose(found.mean, golden.mean, 1e-6);
      assertClose(found.variance, golden.variance, 1e-6);
      assertClose(logN(whole, found).dataSync(), golden.logN, 1e-6);
    }
    let running = { mean: new Float64Array(5), variance: new Float64Array(5).fill(1) };
    for (const batch of tf.split<tf.Tensor2D>(whole, [16, 24])) {
      running = updateLogNStatistics(running, batch, { momentum: 0.1 }) as typeof running;
    }
    assertClose(running.mean, golden.runningMean, 1e-6);
    assertClose(running.variance, golden.runningVariance, 1e-6);
  },
);

testOnBackends("logN() equalises the deviations of the classes' logits", () => {
  const z = logits(), statistics = logNStatistics([z]);
  const { mean, variance } = logNStatistics([logN(z as tf.Tensor2D, statistics)]);
  const min = Math.min(...statistics.mean);
  mean.forEach((value, c) =>
    assertAlmostEquals(value, min / Math.sqrt(statistics.variance[c]), 1e-5)
  );
  assertClose(variance, [1, 1, 1, 1, 1], 1e-5);
});

testOnBackends("logN() is finite for a deviation of 0", () => {
  const z = tf.tensor2d([[1e4, -1e4], [1e4, -1e4]]);
  assert(logN(z, logNStatistics([z])).dataSync().every(Number.isFinite));
});

testOnBackends("tauNorm(), maxNorm() and its threshold agree with NumPy", () => {
  for (const [tau, expected] of Object.entries(golden.tauNorm)) {
    assertClose(tauNorm(weight(), Number(tau)).dataSync(), expected as number[], 1e-6);
  }
  assertAlmostEquals(maxNormThreshold(weight()), golden.threshold, 1e-6);
  const projected = maxNorm(weight(), golden.threshold);
  assertClose(projected.dataSync(), golden.maxNorm, 1e-6);
  assertClose(maxNorm(projected, golden.threshold).dataSync(), golden.maxNorm, 1e-6);
  const zero = tf.zeros([4, 5]) as tf.Tensor2D;
  assertEquals([...tauNorm(zero, 1).dataSync(), ...maxNorm(zero, 1).dataSync()], Array(40).fill(0));
});

testOnBackends("classMeans() and nearestClassMean() agree with NumPy", () => {
  const features = tf.tensor2d(golden.features, [30, 4]);
  const known = classMeans(features, tf.tensor1d(golden.labels, "int32"), 5);
  assertClose(known.means.dataSync(), golden.means, 1e-6);
  const tests = tf.tensor2d(golden.tests, [7, 4]);
  assertClose(nearestClassMean(tests, known).dataSync(), golden.euclidean, 1e-5);
  assertClose(
    nearestClassMean(tests, known, { distance: "cosine" }).dataSync(),
    golden.cosine,
    1e-5,
  );
});

testOnBackends("classMeans() of one image and of a class without images are finite", () => {
  const { means } = classMeans(tf.tensor2d([[1, 2]]), tf.tensor1d([1], "int32"), 3);
  assertEquals([...means.dataSync()], [0, 0, 0, 0, 0, 0]);
});

testOnBackends("disalignLogits() agrees with PyTorch and with finite differences", () => {
  const { inputs, output, gradients } = golden.disalign;
  const names = Object.keys(inputs);
  const tensors = names.map((name) => tf.tensor(inputs[name].values, inputs[name].shape));
  const of = ([logits, features, scale, bias, confidenceWeight, confidenceBias]: tf.Tensor[]) =>
    disalignLogits(logits as tf.Tensor2D, features as tf.Tensor2D, {
      scale: scale as tf.Tensor1D,
      bias: bias as tf.Tensor1D,
      confidenceWeight: confidenceWeight as tf.Tensor2D,
      confidenceBias: confidenceBias as tf.Tensor1D,
    });
  assertClose(of(tensors).dataSync(), output, 1e-6);
  tf.grads((...x: tf.Tensor[]) => of(x).square().sum())(tensors).forEach((gradient, i) =>
    assertClose(gradient.dataSync(), gradients[names[i]], 1e-5)
  );
  assertGradients((...x) => of(x), tensors);
});

testOnBackends("post-hoc methods throw on mismatched shapes", () => {
  const z = randomTensor<tf.Tensor2D>([2, 5], rng(0)), narrow = tf.zeros([2, 3]) as tf.Tensor2D;
  const flat = tf.zeros([5]) as never as tf.Tensor2D;
  const statistics = logNStatistics([z]);
  const known = classMeans(z, tf.tensor1d([0, 1], "int32"), 2);
  const params = {
    scale: tf.ones([5]) as tf.Tensor1D,
    bias: tf.ones([5]) as tf.Tensor1D,
    confidenceWeight: tf.ones([4, 1]) as tf.Tensor2D,
    confidenceBias: tf.ones([1]) as tf.Tensor1D,
  };
  const bad: (() => unknown)[] = [
    () => logNStatistics([]),
    () => logNStatistics([z, narrow]),
    () => logN(narrow, statistics),
    () => updateLogNStatistics(statistics, narrow),
    () => updateLogNStatistics(statistics, z, { momentum: 0 }),
    () => tauNorm(z, -1),
    () => tauNorm(flat, 1),
    () => maxNorm(z, 0),
    () => maxNorm(flat, 1),
    () => maxNormThreshold(z, 2),
    () => classMeans(z, tf.tensor1d([0], "int32"), 2),
    () => nearestClassMean(narrow, known),
    () => nearestClassMean(z, known, { distance: "other" as never }),
    () => disalignLogits(z, narrow, params),
  ];
  for (const [i, call] of bad.entries()) assertThrows(call, RangeError, "Expected", `${i}`);
});

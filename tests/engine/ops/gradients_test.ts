/**
 * Every differentiable operation: values against plain loops, gradients against finite differences.
 *
 * @module
 */
import { assertEquals, assertThrows } from "@std/assert";
import { rng } from "../../../lib/core/rng.ts";
import { tf } from "../../../lib/deps/tfjs.ts";
import {
  avgPool,
  batchNormInference,
  batchNormTraining,
  conv2d,
  type Conv2dOptions,
  globalAveragePool,
  maxPool,
  oneHot,
  pad,
  relu,
  softmaxCrossEntropy,
  sparseSoftmaxCrossEntropy,
  subsample,
  weightedRows,
} from "../../../lib/engine/ops/mod.ts";
import { testOnBackends } from "../../backends.ts";
import { assertGradients, randomTensor } from "../../finite_difference.ts";
import { assertClose } from "../../train/close.ts";
import { loopConv2d, loopPool } from "./loops.ts";

const CONVOLUTIONS: [shape: [number, number, number, number], filter: number[], Conv2dOptions][] = [
  [[2, 5, 5, 3], [3, 3, 3, 4], {}],
  [[2, 6, 5, 3], [3, 3, 3, 4], { padding: 1, stride: 2 }],
  [[1, 7, 6, 2], [3, 2, 2, 3], { padding: "valid", stride: [2, 1] }],
  [[2, 8, 8, 2], [3, 3, 2, 2], { padding: 2, dilation: 2 }],
  [[2, 5, 5, 4], [3, 3, 2, 6], { padding: 1, groups: 2 }],
  [[1, 6, 6, 6], [3, 3, 2, 3], { padding: 1, stride: 2, groups: 3 }],
  [[2, 4, 4, 5], [1, 1, 5, 3], { padding: 0 }],
  [[1, 7, 7, 2], [5, 5, 2, 2], { padding: 3, stride: 3 }],
];

for (const [i, [shape, filter, options]] of CONVOLUTIONS.entries()) {
  const title = `conv2d() of [${shape}] with [${filter}], ${JSON.stringify(options)}`;
  testOnBackends(title, () => {
    const x = randomTensor<tf.Tensor4D>(shape, rng(i).fork("x"));
    const w = randomTensor<tf.Tensor4D>(filter, rng(i).fork("w"), 0.5);
    const expected = loopConv2d(x, w, options);
    const y = conv2d(x, w, options);
    assertEquals(y.shape, expected.shape);
    assertClose(y.dataSync(), expected.values, 1e-5);
    assertGradients((x, w) => conv2d(x as tf.Tensor4D, w as tf.Tensor4D, options), [x, w], {
      step: 0.05,
      seed: i,
    });
  });
}

for (const shape of [[6, 3], [2, 3, 4, 5]]) {
  const channels = shape.at(-1)!;
  const inputs = () => [
    randomTensor(shape, rng(7).fork("x"), 2),
    randomTensor([channels], rng(7).fork("weight")),
    randomTensor([channels], rng(7).fork("bias")),
  ];
  testOnBackends(`batchNormTraining() of [${shape}]`, () => {
    const [x, weight, bias] = inputs();
    const { y, mean, variance } = batchNormTraining(x, weight as tf.Tensor1D, bias as tf.Tensor1D);
    const axes = shape.slice(1).map((_, axis) => axis);
    const moments = tf.moments(x, axes);
    assertClose(mean.dataSync(), moments.mean.dataSync(), 1e-5);
    assertClose(variance.dataSync(), moments.variance.dataSync(), 1e-5);
    const expected = x.sub(moments.mean).div(moments.variance.add(1e-5).sqrt()).mul(weight).add(
      bias,
    );
    assertClose(y.dataSync(), expected.dataSync(), 1e-5);
    assertGradients(
      (x, weight, bias) =>
        batchNormTraining(x, weight as tf.Tensor1D, bias as tf.Tensor1D).y as tf.Tensor,
      [x, weight, bias],
    );
  });
  testOnBackends(`batchNormInference() of [${shape}]`, () => {
    const [x, weight, bias] = inputs();
    const mean = randomTensor<tf.Tensor1D>([channels], rng(8));
    const variance = randomTensor([channels], rng(9)).square().add(0.5) as tf.Tensor1D;
    const run = (x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor) =>
      batchNormInference(
        x,
        weight as tf.Tensor1D,
        bias as tf.Tensor1D,
        mean,
        variance,
      ) as tf.Tensor;
    const expected = x.sub(mean).div(variance.add(1e-5).sqrt()).mul(weight).add(bias);
    assertClose(run(x, weight, bias).dataSync(), expected.dataSync(), 1e-5);
    assertGradients(run, [x, weight, bias]);
  });
}

/** Values that differ by more than twice the step, so that no maximum and no sign changes. */
function spread(shape: readonly number[], seed: number): tf.Tensor4D {
  const size = shape.reduce((product, extent) => product * extent, 1);
  const random = rng(seed);
  const order = Array.from({ length: size }, (_, i) => i);
  for (let i = size - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  const values = order.map((value) => 0.3 * (value - size / 2 + 0.5));
  return tf.tensor4d(values, shape as [number, number, number, number]);
}

testOnBackends("relu() lets through what is above 0", () => {
  const x = spread([2, 3, 4, 2], 1);
  assertEquals([...relu(x).dataSync()], [...x.dataSync()].map((value) => Math.max(0, value)));
  assertEquals([...relu(tf.tensor1d([0, -0, 2])).dataSync()].map(Math.abs), [0, 0, 2]);
  assertGradients((x) => relu(x), [x]);
});

const POOLS = [
  { size: 2 },
  { size: 3, stride: 2, padding: 1 },
  { size: [2, 3], stride: [1, 2], padding: "same" },
  { size: 3, stride: 1, padding: "valid" },
] as const;

for (const [i, options] of POOLS.entries()) {
  testOnBackends(`maxPool() and avgPool(), ${JSON.stringify(options)}`, () => {
    const x = spread([2, 6, 6, 2], i);
    for (const [kind, pool] of [["max", maxPool], ["average", avgPool]] as const) {
      const expected = loopPool(x, kind, options);
      const y = pool(x, options);
      assertEquals(y.shape, expected.shape);
      assertClose(y.dataSync(), expected.values, 1e-5);
      assertGradients((x) => pool(x as tf.Tensor4D, options), [x], { seed: i });
    }
  });
}

testOnBackends("globalAveragePool(), pad() and subsample()", () => {
  const x = randomTensor<tf.Tensor4D>([2, 4, 5, 3], rng(3));
  assertClose(globalAveragePool(x).dataSync(), x.mean([1, 2]).dataSync(), 1e-5);
  assertGradients((x) => globalAveragePool(x as tf.Tensor4D), [x]);

  const sides: [number, number][] = [[0, 0], [1, 2], [0, 1], [3, 0]];
  assertEquals(pad(x, sides).dataSync(), tf.pad(x, sides).dataSync());
  assertGradients((x) => pad(x, sides), [x]);

  const every = x.dataSync();
  const picked = subsample(x, 2);
  assertEquals(picked.shape, [2, 2, 3, 3]);
  picked.dataSync().forEach((value, i) => {
    const c = i % 3, column = Math.floor(i / 3) % 3, row = Math.floor(i / 9) % 2;
    const image = Math.floor(i / 18);
    assertEquals(value, every[((image * 4 + 2 * row) * 5 + 2 * column) * 3 + c]);
  });
  assertGradients((x) => subsample(x as tf.Tensor4D, 2), [x]);
});

testOnBackends("softmaxCrossEntropy() and sparseSoftmaxCrossEntropy()", () => {
  const logits = randomTensor<tf.Tensor2D>([4, 5], rng(4), 2);
  const labels = tf.tensor1d([0, 4, 2, 2], "int32");
  const targets = tf.softmax(randomTensor<tf.Tensor2D>([4, 5], rng(5)));
  const logSoftmax = tf.logSoftmax(logits);
  assertClose(
    softmaxCrossEntropy(logits, targets).dataSync(),
    logSoftmax.mul(targets).sum(1).neg().dataSync(),
    1e-5,
  );
  assertClose(
    sparseSoftmaxCrossEntropy(logits, labels).dataSync(),
    logSoftmax.mul(oneHot(labels, 5)).sum(1).neg().dataSync(),
    1e-5,
  );
  assertGradients((z) => softmaxCrossEntropy(z as tf.Tensor2D, targets), [logits]);
  assertGradients((z) => sparseSoftmaxCrossEntropy(z as tf.Tensor2D, labels), [logits]);
  const huge = tf.tensor2d([[1e4, -1e4], [-1e4, 1e4]]);
  const loss = sparseSoftmaxCrossEntropy(huge, tf.tensor1d([0, 0], "int32"));
  assertEquals([...loss.dataSync()], [0, 2e4]);
});

testOnBackends("operations refuse shapes that do not fit", () => {
  const x = tf.zeros([1, 4, 4, 3]) as tf.Tensor4D;
  assertThrows(() => conv2d(x, tf.zeros([3, 3, 2, 4])), RangeError);
  assertThrows(() => pad(x, [[0, 0]]), RangeError);
  assertThrows(
    () => softmaxCrossEntropy(tf.zeros([2, 3]), tf.zeros([2, 4])),
    RangeError,
    "[2,3] and [2,4]",
  );
  assertThrows(
    () => sparseSoftmaxCrossEntropy(tf.zeros([2, 3]), tf.tensor1d([0, 1], "float32")),
    TypeError,
  );
});

// Few sums, and enough sums and channels to be divided into parts.
for (const [rows, channels, sums, terms] of [[5, 3, 4, 2], [40, 150, 2100, 3], [7, 2, 6, 3]]) {
  testOnBackends(
    `weightedRows() of [${rows}, ${channels}], ${sums} sums of ${terms}`,
    (backend) => {
      if (backend === "cpu" && sums > 1000) return;
      const random = rng(sums),
        table = randomTensor<tf.Tensor2D>([rows, channels], random.fork("t"));
      const weights = randomTensor<tf.Tensor2D>([sums, terms], random.fork("w"));
      const places = Int32Array.from({ length: sums * terms }, () => random.below(rows));
      const indices = tf.tensor2d(places, [sums, terms], "int32");
      const [known, factors] = [table.dataSync(), weights.dataSync()];
      const expected = Float32Array.from({ length: sums * channels }, (_, i) => {
        const sum = Math.floor(i / channels), channel = i % channels;
        let value = 0;
        for (let term = sum * terms; term < (sum + 1) * terms; term++) {
          value += factors[term] * known[places[term] * channels + channel];
        }
        return value;
      });
      assertClose(weightedRows(table, indices, weights).dataSync(), expected, 1e-5);
      assertGradients((x) => weightedRows(x as tf.Tensor2D, indices, weights), [table]);
      assertThrows(
        () => weightedRows(table, indices.toFloat() as tf.Tensor2D, weights),
        TypeError,
        "found float32",
      );
      assertThrows(
        () => weightedRows(table, indices, weights.transpose() as tf.Tensor2D),
        RangeError,
        "indices and weights",
      );
    },
  );
}

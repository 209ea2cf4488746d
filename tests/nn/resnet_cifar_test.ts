import { assert, assertEquals, assertThrows } from "@std/assert";
import { flatten, type Params } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { valueAndGradients } from "../../lib/engine/gradients.ts";
import { sparseSoftmaxCrossEntropy } from "../../lib/engine/ops/mod.ts";
import { traced } from "../../lib/engine/traced.ts";
import { nbn } from "../../lib/nn/nbn.ts";
import type { Network } from "../../lib/nn/network.ts";
import { resnet32, resnetCifar } from "../../lib/nn/resnet_cifar.ts";
import { sgd } from "../../lib/optim/mod.ts";
import { testOnBackends } from "../backends.ts";
import { assertNear } from "./formula.ts";
import { filled, golden, imagesOf, labelsOf, networkOf } from "./golden.ts";

/** Plain JavaScript would take minutes for these. */
const FAST = { only: ["tensorflow", "wasm"] };

for (const { evaluated, trained, ...known } of golden.forward) {
  testOnBackends(`${known.name}: logits agree with PyTorch`, () => {
    const net = networkOf(known.options);
    const { params, state } = filled(net, known.size, true);
    const images = imagesOf("images", known);
    const evaluation = net.apply(params, state, images, { training: false });
    assertNear("evaluated", evaluation.y, evaluated);
    const training = net.apply(params, state, images, { training: true });
    assertNear("trained", training.y, trained);
  }, known.options.depth > 8 ? FAST : {});
}

type Training = { params: Params; state: Params; velocity: Params };

function stepOf(net: Network, rate: number) {
  const optimizer = sgd({ momentum: 0.9, weightDecay: 5e-4 });
  return (training: Training, images: tf.Tensor, labels: tf.Tensor) => {
    const { loss, aux, gradients } = valueAndGradients((params) => {
      const { y, state } = net.apply(params, training.state, images, { training: true });
      const losses = sparseSoftmaxCrossEntropy(y as tf.Tensor2D, labels as tf.Tensor1D);
      return { loss: losses.mean() as tf.Scalar, aux: state };
    }, training.params);
    const { params, state: velocity } = optimizer.update(
      training.params,
      gradients,
      training.velocity,
      tf.scalar(rate),
    );
    return { training: { params, state: aux, velocity }, loss };
  };
}

for (const { losses, tensors, rate, ...known } of golden.training) {
  testOnBackends(`${known.name}: five training steps agree with PyTorch`, async () => {
    const net = networkOf(known.options);
    const { params, state } = filled(net, known.size, false);
    const run = traced(stepOf(net, rate));
    let training: Training = { params, state, velocity: sgd({ momentum: 0.9 }).init(params) };
    for (let step = 0; step < 5; step++) {
      const images = imagesOf(`images/${step}`, known), labels = labelsOf(`labels/${step}`, known);
      const result = await run(training, images, labels);
      training = result.training;
      const loss = result.loss.dataSync()[0];
      assert(Math.abs(loss - losses[step]) < 1e-4 * losses[step], `loss ${loss} in step ${step}`);
    }
    run.dispose();
    const found = flatten({ ...training.params });
    const statistics = flatten(training.state);
    assertEquals(
      [...found, ...statistics].map(([path]) => path).sort(),
      Object.keys(tensors).sort(),
    );
    for (const [path, tensor] of [...found, ...statistics]) {
      assertNear(path, tensor, tensors[path]);
    }
  }, known.options.depth > 8 ? FAST : { long: ["cpu"] });
}

testOnBackends("resnet32() has the published number of parameters of ResNet-32", () => {
  const { params } = resnet32({ classes: 10 }).init(0, [32, 32, 3]);
  const count = flatten(params).reduce((sum, [, tensor]) => sum + tensor.size, 0);
  assertEquals(count, 464_154);
});

testOnBackends("resnetCifar() names parameters, state and taps by stage and block", () => {
  const net = resnetCifar({ depth: 14, classes: 5, norm: nbn(), shortcut: "B" });
  const { params, state } = net.init(0, [16, 16, 3]);
  const paths = new Set(flatten(params).map(([path]) => path));
  for (
    const path of [
      "stem/conv/weight",
      "stem/bn/bias",
      "stage1/block2/conv2/weight",
      "stage3/block1/shortcut/conv/weight",
      "stage3/block1/shortcut/bn/weight",
      "stage3/block2/bn2/bias",
      "head/weight",
      "head/bias",
      "nbn/magnitude",
    ]
  ) assert(paths.has(path), `Expected a parameter ${path} but found ${[...paths].join(" ")}`);
  assert(flatten(state).some(([path]) => path === "stage3/block2/bn2/variance"));
  const shapes: Record<string, number[]> = {};
  net.apply(params, state, tf.zeros([2, 16, 16, 3]), {
    training: false,
    tap: (name, feature) => {
      shapes[name] = feature.shape;
      return feature;
    },
  });
  assertEquals(shapes, {
    "stem": [2, 16, 16, 16],
    "stage1/block1": [2, 16, 16, 16],
    "stage1/block2": [2, 16, 16, 16],
    "stage2/block1": [2, 8, 8, 32],
    "stage2/block2": [2, 8, 8, 32],
    "stage3/block1": [2, 4, 4, 64],
    "stage3/block2": [2, 4, 4, 64],
    "embedding": [2, 64],
    "logits": [2, 5],
  });
});

testOnBackends("a tap that masks a feature changes the following layers", () => {
  const net = resnetCifar({ depth: 8, classes: 3 });
  const { params, state } = net.init(0, [8, 8, 3]);
  const { y } = net.apply(params, state, tf.ones([2, 8, 8, 3]), {
    training: false,
    tap: (name, feature) => name === "embedding" ? tf.zerosLike(feature) : feature,
  });
  const bias = [...((params.head as Params).bias as tf.Tensor).dataSync()];
  assertEquals([...y.dataSync()], [...bias, ...bias]);
});

testOnBackends("initial parameters are determined by the seed", () => {
  const net = resnetCifar({ depth: 8, classes: 3 });
  const weights = [1, 1, 2].map((seed) =>
    (net.init(seed, [8, 8, 3]).params.head as Params).weight as tf.Tensor
  );
  assertEquals(weights[0].dataSync(), weights[1].dataSync());
  assert(weights[0].sub(weights[2]).abs().max().dataSync()[0] > 0.01);
});

testOnBackends("convolutions are initialised with variance 2 / fan-in", () => {
  const { params } = resnetCifar({ depth: 8, classes: 3, width: 2 }).init(0, [8, 8, 3]);
  const weight = ((params.stage3 as Params).block1 as Params).conv2 as Params;
  const { mean, variance } = tf.moments(weight.weight as tf.Tensor);
  const expected = 2 / (9 * 128);
  assert(Math.abs(variance.dataSync()[0] / expected - 1) < 0.02);
  assert(Math.abs(mean.dataSync()[0]) < 1e-3);
});

Deno.test("resnetCifar() throws on a depth that is not 6n + 2, and on no classes", () => {
  assertThrows(
    () => resnetCifar({ depth: 30, classes: 10 }),
    RangeError,
    "Expected a depth of 6n + 2",
  );
  assertThrows(() => resnetCifar({ depth: 2, classes: 10 }), RangeError);
  assertThrows(() => resnetCifar({ depth: 8, classes: 0 }), RangeError);
  assertThrows(() => resnetCifar({ depth: 8, classes: 10, width: 0 }), RangeError);
});

/**
 * The end of a network: heads, scales, calibrations, modules on features.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { rng } from "../../lib/core/rng.ts";
import { disposeTree, flatten, type Params } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { crossEntropy, iifWeights } from "../../lib/losses/mod.ts";
import { appendLayers } from "../../lib/nn/append_layers.ts";
import { boundedCosine } from "../../lib/nn/bounded_cosine.ts";
import { calibratedLogits } from "../../lib/nn/calibrated_logits.ts";
import { learnedScale } from "../../lib/nn/learned_scale.ts";
import { linear } from "../../lib/nn/linear.ts";
import { logitsRectification } from "../../lib/nn/logits_rectification.ts";
import { network } from "../../lib/nn/network.ts";
import { resnetCifar } from "../../lib/nn/resnet_cifar.ts";
import { scaledLogits } from "../../lib/nn/scaled_logits.ts";
import { sequential, stateless, withTap } from "../../lib/nn/sequential.ts";
import { withFeatures } from "../../lib/nn/with_features.ts";
import { disalignLayer } from "../../lib/post_hoc/disalign_layer.ts";
import { classMeans, nearestClassMean } from "../../lib/post_hoc/nearest_class_mean.ts";
import { nearestClassMeanLayer } from "../../lib/post_hoc/nearest_class_mean.ts";
import { recipe } from "../../lib/recipes/mod.ts";
import { testOnBackends } from "../backends.ts";
import { assertGradients, randomTensor } from "../finite_difference.ts";
import { assertClose } from "../train/close.ts";

const golden = JSON.parse(
  await Deno.readTextFile(new URL("../golden/heads.json", import.meta.url)),
);
const { counts, smooth } = golden;
const EVALUATION = { training: false }, TRAINING = { training: true };

testOnBackends("IIF's smooth form with its head agrees with PyTorch", () => {
  const head = appendLayers(network(boundedCosine({ units: 5 })), {
    iif: scaledLogits(iifWeights(counts, { form: "smooth" })),
  });
  const { state } = head.init(0, [4]);
  const features = tf.tensor2d(smooth.features, [6, 4]);
  const weight = tf.tensor2d(smooth.weight, [4, 5]);
  const labels = tf.tensor1d(golden.labels, "int32");
  const bare = boundedCosine({ units: 5 }).apply({ weight }, {}, features, TRAINING).y;
  assertClose(bare.dataSync(), smooth.logits, 1e-5);
  const loss = (x: tf.Tensor, weight: tf.Tensor) =>
    crossEntropy()(head.apply({ weight }, state, x, TRAINING).y as tf.Tensor2D, labels);
  const { value, grads } = tf.valueAndGrads((x, w) => loss(x, w))([features, weight]);
  assertAlmostEquals(value.dataSync()[0], smooth.loss, 1e-4);
  assertClose(grads[0].dataSync(), smooth.featureGradient, 1e-4);
  assertClose(grads[1].dataSync(), smooth.weightGradient, 1e-4);
  assertEquals(recipe("builtin/iif-smooth").network(5, counts).name, "resnet8-iif");
});

testOnBackends(
  "gradients of boundedCosine(), learnedScale() and DisAlign agree with finite differences",
  () => {
    const random = rng(1);
    const x = randomTensor<tf.Tensor2D>([4, 3], random), weight = randomTensor([3, 5], random);
    const head = boundedCosine({ units: 5, scale: 2 });
    assertGradients((x, weight) => head.apply({ weight }, {}, x, TRAINING).y, [x, weight]);
    // At 0 the direction is undefined, but the gradient is finite.
    const [derivative] = tf.grads((x: tf.Tensor) =>
      head.apply({ weight }, {}, x, TRAINING).y.sum()
    )([
      tf.zeros([1, 3]),
    ]);
    assertEquals([...derivative.dataSync()].every(Number.isFinite), true);
    const logits = randomTensor<tf.Tensor2D>([4, 5], random), scale = randomTensor([5], random);
    assertGradients((z, scale) => learnedScale().apply({ scale }, {}, z, TRAINING).y, [
      logits,
      scale,
    ]);
    const layer = disalignLayer();
    const { params } = layer.init(random, { channels: 3, classes: 5 });
    const started = layer.apply(params, {}, { logits, features: x }, TRAINING).y;
    assertClose(started.dataSync(), logits.dataSync(), 1e-6);
    const names = ["scale", "bias", "confidenceWeight", "confidenceBias"];
    const some = names.map((name) => randomTensor((params[name] as tf.Tensor).shape, random));
    assertGradients(
      (...tensors) => {
        const given = Object.fromEntries(names.map((name, i) => [name, tensors[i]]));
        return layer.apply(given, {}, { logits, features: x }, TRAINING).y;
      },
      some,
    );
    disposeTree(params);
  },
);

testOnBackends("calibratedLogits() shifts and scales only in evaluation", () => {
  const layer = calibratedLogits();
  const { state } = layer.init(rng(0), [2]);
  const z = tf.tensor2d([[3, 5]]);
  assertEquals([...layer.apply({}, state, z, EVALUATION).y.dataSync()], [3, 5]);
  const known = { shift: tf.tensor1d([1, 1]), deviation: tf.tensor1d([2, 4]) };
  assertEquals([...layer.apply({}, known, z, EVALUATION).y.dataSync()], [1, 1]);
  assertEquals([...layer.apply({}, known, z, TRAINING).y.dataSync()], [3, 5]);
  assertThrows(() => calibratedLogits([1]).init(rng(0), [2]), RangeError, "2");
});

const body = network(sequential({
  pool: withTap(
    "embedding",
    stateless((x) => tf.mean(x, [1, 2]), ([, , channels]) => [channels]),
  ),
  head: linear({ units: 3 }),
}));

testOnBackends("the nearest class mean replaces the logits once measured", () => {
  const net = withFeatures(body, "ncm", nearestClassMeanLayer());
  const { params, state } = net.init(2, [2, 2, 4]);
  const x = randomTensor([6, 2, 2, 4], rng(3));
  const plain = body.apply(params, {}, x, EVALUATION).y;
  assertClose(net.apply(params, state, x, EVALUATION).y.dataSync(), plain.dataSync(), 1e-6);
  const features = tf.mean(x, [1, 2]) as tf.Tensor2D;
  const found = classMeans(features, tf.tensor1d([0, 1, 2, 0, 1, 2], "int32"), 3);
  const known: Params = { ncm: { centre: found.centre, means: found.means, known: tf.scalar(1) } };
  const expected = nearestClassMean(features, found).dataSync();
  assertClose(net.apply(params, known, x, EVALUATION).y.dataSync(), expected, 1e-5);
  assertClose(net.apply(params, known, x, TRAINING).y.dataSync(), plain.dataSync(), 1e-6);
  for (const tree of [params, state]) disposeTree(tree);
});

Deno.test("withFeatures() throws on networks without features and on names in use", () => {
  const bare = network(linear({ units: 3 }));
  assertThrows(
    () => withFeatures(bare, "ncm", nearestClassMeanLayer()).init(0, [4]),
    TypeError,
    `tap "embedding"`,
  );
  assertThrows(
    () => withFeatures(body, "head", disalignLayer()).init(0, [2, 2, 4]),
    RangeError,
    "rename it",
  );
});

testOnBackends(
  "only trained parts use batch statistics and update their running statistics",
  () => {
    const net = resnetCifar({ depth: 8, width: 0.25, classes: 3, logits: logitsRectification() });
    const { params, state } = net.init(0, [8, 8, 3]);
    const x = randomTensor([4, 8, 8, 3], rng(5));
    const moved = (trains?: string[]) => {
      const next = new Map(flatten(net.apply(params, state, x, { training: true, trains }).state));
      return flatten(state)
        .filter(([path, tensor]) => `${next.get(path)!.dataSync()}` !== `${tensor.dataSync()}`)
        .map(([path]) => path.replace(/\/(mean|variance)$/, ""));
    };
    assertEquals(new Set(moved(["head", "lr"])), new Set(["lr"]));
    assertEquals(new Set(moved(["stage3/block1/bn2"])), new Set(["stage3/block1/bn2"]));
    assertEquals(moved([]), []);
    assertEquals(moved().length, flatten(state).length);
    const still = net.apply(params, state, x, { training: true, trains: ["head"] }).y;
    const test = net.apply(params, state, x, EVALUATION).y;
    assertClose(still.dataSync(), test.dataSync(), 1e-6);
    for (const tree of [params, state]) disposeTree(tree);
  },
);

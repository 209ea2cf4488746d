/**
 * NBN and LR in models of the layers API: agreement with the modules, training, saving, loading.
 *
 * @module
 */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { rng } from "../../lib/core/rng.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { layers } from "../../lib/nn/layers.ts";
import { logitsRectification } from "../../lib/nn/logits_rectification.ts";
import { nbn } from "../../lib/nn/nbn.ts";
import { network } from "../../lib/nn/network.ts";
import { testOnBackends } from "../backends.ts";
import { randomTensor } from "../finite_difference.ts";
import { assertClose } from "../train/close.ts";

/** Two NBN layers with one magnitude between dense layers, LR after the head. */
function classifier(): tf.LayersModel {
  const x = tf.input({ shape: [6] });
  const apply = (layer: tf.layers.Layer, ...inputs: tf.SymbolicTensor[]) =>
    layer.apply(inputs.length > 1 ? inputs : inputs[0]) as tf.SymbolicTensor;
  const dense = (units: number, seed: number) =>
    tf.layers.dense({ units, kernelInitializer: tf.initializers.heNormal({ seed }) });
  const g = apply(layers.magnitude({ name: "g" }), x);
  let y = apply(layers.nbn({ name: "first" }), apply(dense(8, 1), x), g);
  y = apply(layers.nbn({ name: "second" }), apply(dense(8, 2), apply(tf.layers.reLU(), y)), g);
  y = apply(
    layers.logitsRectification({ name: "rectified" }),
    apply(dense(3, 3), apply(tf.layers.reLU(), y)),
  );
  return tf.model({ inputs: x, outputs: y });
}

testOnBackends(
  "layers.nbn() and layers.logitsRectification() agree with the modules",
  () => {
    const x = randomTensor<tf.Tensor2D>([5, 4], rng(1), 3);
    for (
      const [layer, module] of [
        [layers.nbn(), network(nbn()({ channels: 4 }))],
        [layers.logitsRectification(), network(logitsRectification())],
      ] as const
    ) {
      const { params, state } = module.init(0, [4]);
      for (let step = 0, running = state; step < 2; step++) {
        const expected = module.apply(params, running, x, { training: true });
        const found = layer.apply(x, { training: true }) as tf.Tensor;
        assertClose(found.dataSync(), expected.y.dataSync(), 1e-5);
        running = expected.state;
        const evaluated = module.apply(params, running, x, { training: false }).y;
        assertClose((layer.apply(x) as tf.Tensor).dataSync(), evaluated.dataSync(), 1e-5);
      }
      layer.dispose();
    }
  },
);

Deno.test("a model with a shared magnitude trains, and keeps the tie through saving and loading", async () => {
  const model = classifier();
  const magnitudes = model.trainableWeights.filter(({ name }) => name.includes("magnitude"));
  assertEquals(magnitudes.length, 1);
  const random = rng(2);
  const x = randomTensor<tf.Tensor2D>([60, 6], random);
  const labels = tf.oneHot(x.slice([0, 0], [60, 3]).argMax(1) as tf.Tensor1D, 3).toFloat();
  const fit = (model: tf.LayersModel, epochs: number) => {
    model.compile({
      optimizer: tf.train.sgd(0.1),
      loss: (labels, logits) => tf.losses.softmaxCrossEntropy(labels, logits),
    });
    return model.fit(x, labels, { epochs, batchSize: 60, shuffle: false, verbose: 0 });
  };
  const { history } = await fit(model, 30);
  const losses = history.loss as number[];
  assert(losses[29] < 0.6 * losses[0], `loss ${losses[0]} to ${losses[29]}`);
  const [g] = magnitudes.map((weight) => weight.read().dataSync()[0]);
  assert(g !== 1, "the magnitude was not learned");

  let artifacts!: tf.io.ModelArtifacts;
  await model.save(tf.io.withSaveHandler((saved) => {
    artifacts = saved;
    return Promise.resolve({
      modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" },
    });
  }));
  const names = artifacts.weightSpecs!.map(({ name }) => name);
  assertEquals(names.filter((name) => name.includes("magnitude")).length, 1);
  const topology = JSON.parse(JSON.stringify(artifacts.modelTopology));
  const loaded = await tf.loadLayersModel(
    tf.io.fromMemory({ ...artifacts, modelTopology: topology }),
  );
  const outputs = (model: tf.LayersModel) => (model.predict(x) as tf.Tensor).dataSync();
  assertEquals(outputs(loaded), outputs(model));
  assertEquals(loaded.trainableWeights.filter(({ name }) => name.includes("magnitude")).length, 1);
  // Steps agree only if the shared magnitude receives the gradients of all layers.
  const before = outputs(model);
  await fit(model, 1);
  await fit(loaded, 1);
  assertClose(outputs(loaded), outputs(model), 1e-5);
  assert(outputs(model).some((value, i) => value !== before[i]));
});

Deno.test("layers.nbn() without a shared magnitude has its own, and throws on other shapes", () => {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 4, inputShape: [3] }),
      layers.nbn(),
      layers.logitsRectification(),
    ],
  });
  assertEquals(model.countParams(), 3 * 4 + 4 + (2 * 4 + 1 + 2 * 4) + 2 * 4);
  assertThrows(() => layers.nbn().apply(tf.zeros([2, 3, 4])), RangeError, "[2,3,4]");
});

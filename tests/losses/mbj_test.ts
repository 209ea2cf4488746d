/**
 * MBJ: values and gradients against formulas in double precision, its memory, and its part in a training.
 *
 * @module
 */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { disposeTree, flatten, type Params } from "../../lib/core/tree.ts";
import { rng } from "../../lib/core/rng.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { traced } from "../../lib/engine/traced.ts";
import {
  bcl,
  crossEntropy,
  type LossContext,
  mbj,
  type MbjOptions,
  rideLoss,
} from "../../lib/losses/mod.ts";
import { emptyMemory, remember } from "../../lib/losses/memory.ts";
import { linear, resnetCifar } from "../../lib/nn/mod.ts";
import { loadCheckpoint } from "../../lib/checkpoints/checkpoint.ts";
import { train } from "../../lib/train/train.ts";
import { testOnBackends } from "../backends.ts";
import { inFolder } from "../in_folder.ts";
import { assertGradients, randomTensor } from "../finite_difference.ts";
import { assertClose } from "../train/close.ts";
import { smallImages } from "../train/small_images.ts";

interface Packed {
  shape: number[];
  values: number[];
}

const golden: {
  counts: number[];
  labels: number[];
  memoryLabels: number[];
  cases: Record<
    string,
    {
      inputs: Record<string, Packed>;
      memory: Packed;
      value: number;
      gradients: Record<string, number[]>;
    }
  >;
  queues: { images: number[]; admitted: number[]; after: number[] }[];
} = JSON.parse(await Deno.readTextFile(new URL("../golden/mbj.json", import.meta.url)));

const { counts } = golden;
const unpack = ({ shape, values }: Packed) => tf.tensor(values, shape);
const int32 = (values: readonly number[]) => tf.tensor1d([...values], "int32");
const SEED = [1, 2];

/** A state whose memory has the golden labels. */
const stateWith = (features: tf.Tensor): Params => ({
  memory: { features, labels: int32(golden.memoryLabels) },
});

/** Makes the classifiers of the inputs: a linear one, or the cosines of two experts. */
function classifiersOf({ weight, bias, ...inputs }: Record<string, tf.Tensor>) {
  const heads = weight
    ? [{ head: linear({ units: 3 }), params: { weight, bias } }]
    : [inputs.weight1, inputs.weight2].map((weight) => ({
      head: linear({ units: 3, cosine: true }),
      params: { weight },
    }));
  return heads.map(({ head, params }) => ({
    channels: params.weight.shape[0]!,
    logits: (x: tf.Tensor2D) =>
      head.apply(params as Params, {}, x, { training: true }).y as tf.Tensor2D,
  }));
}

/** The loss of the golden inputs. */
function lossOf(
  inputs: Record<string, tf.Tensor>,
  memory: tf.Tensor,
  options: MbjOptions,
  progress: number,
): tf.Scalar {
  const features = inputs.features as tf.Tensor2D, classifiers = classifiersOf(inputs);
  const parts = tf.split(features, classifiers.length, 1) as tf.Tensor2D[];
  const logits = classifiers.map(({ logits }, i) =>
    logits(classifiers.length > 1 ? parts[i] : features)
  );
  const single = classifiers.length === 1;
  const base = single
    ? crossEntropy()
    : rideLoss(counts, { base: (z, y) => crossEntropy()(z.mul(30), y), factor: 0, scale: 30 });
  const loss = mbj(base, counts, { scale: single ? 1 : 30, ...options });
  const context: LossContext = {
    progress,
    features,
    classifiers,
    experts: logits,
    seed: int32(SEED) as tf.Tensor1D,
  };
  return loss.apply(stateWith(memory), logits[0], int32(golden.labels), context).loss;
}

const CASES: Record<string, { options: MbjOptions; progress: number }> = {
  "all": { options: {}, progress: 1 },
  "half": { options: { weight: 0.8 }, progress: 0.7 },
  "pooled": { options: { pooled: true }, progress: 0.9 },
  "pooled half": { options: { pooled: true, weight: 0.8 }, progress: 0.625 },
  "experts": { options: { memoryFrom: 0.8, steps: 1 }, progress: 0.8 },
};

testOnBackends("mbj() has the values and gradients of its formulas", () => {
  for (const [name, { inputs, memory, value, gradients }] of Object.entries(golden.cases)) {
    const { options, progress } = CASES[name], names = Object.keys(inputs);
    const fn = (...tensors: tf.Tensor[]) =>
      lossOf(
        Object.fromEntries(names.map((name, i) => [name, tensors[i]])),
        unpack(memory),
        options,
        progress,
      );
    const tensors = names.map((name) => unpack(inputs[name]));
    assertClose(fn(...tensors).dataSync(), [value], 2e-6);
    tf.grads(fn)(tensors).forEach((gradient, i) =>
      assertClose(gradient.dataSync(), gradients[names[i]], 1e-5)
    );
    if (name === "pooled") assertGradients(fn, tensors, { step: 3e-3 });
  }
});

testOnBackends(
  "mbj() before the memory's start, and with λ = 0, is the loss alone, bit for bit",
  () => {
    const { inputs, memory } = golden.cases.all;
    const tensors = Object.fromEntries(
      Object.entries(inputs).map(([name, x]) => [name, unpack(x)]),
    );
    const [{ logits }] = classifiersOf(tensors);
    const own = crossEntropy()(logits(tensors.features as tf.Tensor2D), int32(golden.labels));
    for (const [options, progress] of [[{}, 0.49], [{ weight: 0 }, 1]] as const) {
      const found = lossOf(tensors, unpack(memory), options, progress);
      assertEquals(found.dataSync(), own.dataSync());
    }
  },
);

testOnBackends("of the memory's loss nothing reaches the features, bit for bit", () => {
  const { inputs: { features, ...others }, memory } = golden.cases.all;
  const fixed = Object.fromEntries(Object.entries(others).map(([name, x]) => [name, unpack(x)]));
  const gradientAt = (progress: number) =>
    tf.grad((features) => lossOf({ ...fixed, features }, unpack(memory), {}, progress))(
      unpack(features),
    ).dataSync();
  assertEquals(gradientAt(1), gradientAt(0));
});

testOnBackends("remember() is a queue of the admitted images", () => {
  let memory = emptyMemory(golden.queues[0].after.length, 1);
  for (const { images, admitted, after } of golden.queues) {
    const features = tf.tensor2d(images, [images.length, 1]);
    memory = remember(memory, features, int32(images), tf.tensor1d(admitted));
    assertEquals([...memory.labels.dataSync()], after);
    // The features of empty places are 0.
    assertEquals([...memory.features.dataSync()], after.map((image) => Math.max(image, 0)));
  }
});

testOnBackends("mbj() fills its memory with as many images of every class", async () => {
  const size = 300, batch = 32, random = rng(0);
  const pool = [60, 12, 3].flatMap((count, label) => Array<number>(count).fill(label));
  const shares = async (beta: number, steps: number) => {
    const loss = mbj(crossEntropy(), counts, { size, beta });
    const step = traced(
      (state: Params, labels: tf.Tensor, seed: tf.Tensor) =>
        loss.apply(state, tf.zeros([batch, 3]), labels as tf.Tensor1D, {
          progress: 0,
          features: labels.toFloat().reshape([batch, 1]) as tf.Tensor2D,
          seed: seed as tf.Tensor1D,
        }).state,
      { name: "remember", precision: "float32" },
    );
    let state = loss.init({ batch, channels: 1 });
    for (let i = 0; i < steps; i++) {
      const labels = int32(Array.from({ length: batch }, () => pool[random.below(pool.length)]));
      const before = state;
      state = await step(state, labels, int32([7, i]));
      disposeTree(before);
    }
    step.dispose();
    const { labels, features } = state.memory as Record<string, tf.Tensor>;
    const found = [...labels.dataSync()];
    assertEquals([...features.dataSync()], found, "features and labels stay together");
    return counts.map((_, label) => found.filter((each) => each === label).length);
  };
  // 32 · 3 · 3 / 75 = 3.84 images enter in a step.
  const balanced = await shares(1, 110);
  assert(
    balanced.every((count) => Math.abs(count - size / 3) < 3 * Math.sqrt(size * 2 / 9)),
    `${balanced}`,
  );
  const [head, medium, tail] = await shares(0, 12);
  assert(Math.abs(head - 240) < 3 * Math.sqrt(300 * 0.8 * 0.2), `${[head, medium, tail]}`);
}, { only: ["tensorflow"] });

testOnBackends(
  "a training with λ = 0 has the parameters of one without MBJ, bit for bit",
  () =>
    inFolder(async (folder) => {
      const data = smallImages({ side: 8, max: 20, imbalance: 10 });
      const network = resnetCifar({ depth: 8, width: 0.25, classes: 10 });
      const own = { data, network, batch: 8, iterations: 4, evaluateEvery: 4 };
      const counts = [20, 15, 11, 9, 7, 5, 4, 3, 2, 2];
      const paramsAfter = async (loss: Parameters<typeof train>[0]["loss"], out: string) => {
        await train({ ...own, loss, out: `${folder}/${out}` });
        const checkpoint = await loadCheckpoint(`${folder}/${out}/checkpoint-4.safetensors`);
        const { params, state, optimizer, loss: memory = {} } = checkpoint;
        const found = flatten({ params, state }).map(([path, x]) => [path, x.dataSync()] as const);
        disposeTree({ params, state, optimizer, memory });
        return found;
      };
      const plain = await paramsAfter(crossEntropy(), "ce");
      const options = { size: 8, memoryFrom: 0, steps: 1 };
      assertEquals(
        await paramsAfter(mbj(crossEntropy(), counts, { ...options, weight: 0 }), "zero"),
        plain,
      );
      const other = new Map(await paramsAfter(mbj(crossEntropy(), counts, options), "one"));
      const bias = "params/head/bias";
      assert(`${other.get(bias)}` !== `${new Map(plain).get(bias)}`);
    }),
  { only: ["wasm"] },
);

Deno.test("mbj() refuses what it cannot compute", () => {
  for (
    const options of [{ size: 0 }, { beta: -1 }, { weight: -1 }, { memoryFrom: 2 }, { steps: 0 }, {
      scale: 0,
    }]
  ) {
    assertThrows(() => mbj(crossEntropy(), counts, options), RangeError, Object.keys(options)[0]);
  }
  assertThrows(() => mbj(bcl(counts), counts), RangeError, "found 3 views");
  assertThrows(() => mbj(crossEntropy(), [1, 0]), RangeError, "class 1");
  const { init } = mbj(crossEntropy(), counts);
  assertThrows(() => init({ batch: 2 }), TypeError, "channels");
  const lengths = [3, 100, 5000].map((classes) =>
    tf.tidy(() => {
      const { memory } = mbj(crossEntropy(), Array(classes).fill(1)).init({
        batch: 1,
        channels: 1,
      });
      return (memory as Params).labels.shape;
    })
  );
  assertEquals(lengths, [[512], [2048], [16_384]]);
});

testOnBackends("mbj() refuses a context without classifiers", () => {
  const { memory } = golden.cases.all;
  const apply = () =>
    mbj(crossEntropy(), counts).apply(
      stateWith(unpack(memory)),
      randomTensor([4, 3], rng(0)),
      int32(golden.labels),
      {
        progress: 1,
        features: tf.zeros([4, 5]),
        seed: int32(SEED) as tf.Tensor1D,
      },
    );
  assertThrows(apply, TypeError, "onClassifier");
});

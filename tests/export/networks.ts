/**
 * Small networks that together cover all exported operations.
 *
 * @module
 */
import { mapTree, type Params } from "../../lib/core/tree.ts";
import { rng } from "../../lib/core/rng.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { globalAveragePool, maxPool } from "../../lib/engine/ops/mod.ts";
import type { Images } from "../../lib/export/mod.ts";
import {
  batchNorm,
  conv,
  linear,
  logitsRectification,
  nbn,
  type Network,
  network,
  resnetCifar,
  ride,
  routedExperts,
  sequential,
  stateless,
} from "../../lib/nn/mod.ts";
import { bottleneck } from "../../lib/nn/residual_blocks.ts";
import type { Model } from "../../lib/train/mod.ts";

const CLASSES = 5;

/** Description of the images of all networks; not square, so that swapped height and width are detected. */
export const IMAGES: Images = {
  classNames: ["ape", "bee", "cat", "dog", "élan"],
  shape: [12, 16, 3],
  mean: [0.4, 0.5, 0.6],
  std: [0.2, 0.25, 0.3],
};

/** Creates a network of a stem with pooling and a ResNeXt block of 4 groups. */
function grouped(): Network {
  const index = { stage: 1, stages: 1, block: 1, norm: batchNorm(), shortcut: "B" } as const;
  return network(
    sequential({
      conv: conv({ filters: 8, kernel: 7, stride: 2, padding: 3 }),
      pool: stateless(
        (x) => maxPool(x as tf.Tensor4D, { size: 3, stride: 2, padding: 1 }),
        () => [3, 4, 8],
      ),
      stage1: bottleneck({ ...index, inputs: 8, filters: 8, outputs: 16, stride: 2, groups: 4 }),
      mean: stateless((x) => globalAveragePool(x as tf.Tensor4D), () => [16]),
      head: linear({ units: CLASSES }),
    }),
    { name: "grouped" },
  );
}

const small = { depth: 8, width: 0.25, classes: CLASSES } as const;

/** The networks by name. */
export const NETWORKS: Readonly<Record<string, Network>> = {
  "NBN and LR": resnetCifar({ ...small, norm: nbn(), logits: logitsRectification() }),
  "groups of channels": grouped(),
  "routed experts": routedExperts(ride(resnetCifar, { ...small, experts: 2, norm: nbn() }), {
    top: 3,
  }),
};

/** Initialises a network and perturbs its parameters and statistics randomly, as if it had been trained. */
export function trained(network: Network): Model {
  const { params, state } = network.init(0, IMAGES.shape);
  const random = rng(1);
  const moved = (tree: Params) =>
    mapTree(tree, (tensor, path) => {
      const stream = random.fork(path);
      const noise = Float32Array.from(
        { length: tensor.size },
        () => 0.2 * (stream.uniform() - 0.5),
      );
      return tensor.add(tf.tensor(noise, tensor.shape));
    });
  return { network, params: moved(params), state: moved(state) };
}

/** Creates random pixels in [0, 1), `[count, height, width, channels]`. */
export function pixels(count: number): tf.Tensor4D {
  const [height, width, channels] = IMAGES.shape, random = rng(2);
  const values = Float32Array.from(
    { length: count * height * width * channels },
    () => random.uniform(),
  );
  return tf.tensor4d(values, [count, height, width, channels]);
}

/** Computes logits from pixels in this project. */
export function logitsOf({ network, params, state }: Model, pixels: tf.Tensor4D): Float32Array {
  const { mean, std } = IMAGES;
  return tf.tidy(() => {
    const images = pixels.sub(tf.tensor1d([...mean])).div(tf.tensor1d([...std]));
    return network.apply(params, state, images, { training: false }).y.dataSync() as Float32Array;
  });
}

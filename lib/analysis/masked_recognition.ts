/**
 * Accuracy of a network under many channel masks.
 *
 * @module
 */
import type { Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import type { Cluster } from "../engine/cluster/cluster.ts";
import { tensorsOfAll } from "../engine/cluster/collectives.ts";
import { traced } from "../engine/traced.ts";
import { classCounts, type ImageDataset } from "../data/dataset.ts";
import { subset } from "../data/subset.ts";
import { forward, type ForwardOptions } from "../inference/forward.ts";
import { largest, type Model } from "../inference/predict.ts";
import { collectFeaturesAndLogits } from "./collect_features.ts";
import { maskOf } from "./mask_channels.ts";
import { affineWeight, networkTail, passesTap, type RestOfNetwork } from "./network_tail.ts";
import { findTap, tappedNetwork } from "./taps.ts";

/** Tap whose channels to mask, and batch size. */
export interface MaskingOptions {
  /**
   * Tap whose channels to mask. At the pooled embedding only the classifier has to be recomputed per mask.
   *
   * @default {"embedding"}
   */
  readonly tap?: string;
  /**
   * Images per batch; does not affect the result.
   *
   * @default {250}
   */
  readonly batch?: number;
  /**
   * Processes that compute together, each a part of the images; all of them get the result.
   *
   * @default {this one alone}
   */
  readonly cluster?: Cluster;
}

/** Accuracies without a mask and under each mask. */
export interface MaskedRecognition {
  /** Accuracies without a mask. */
  readonly whole: Recognised;
  /** Accuracies under each mask. */
  readonly masked: readonly Recognised[];
}

/** Accuracies in percent. */
export interface Recognised {
  /** Accuracy over all images. */
  readonly all: number;
  /** Accuracy of each class; `null` for a class without images in the data set. */
  readonly perClass: readonly (number | null)[];
}

/** Number of images used to test whether an affine map follows the tap, and whether a path bypasses it. */
const PROBED = 8;

/**
 * Evaluates accuracy under several channel masks. The layers up to the tap are computed once. If an affine classifier
 * follows, the masked channels' contributions are subtracted from the unmasked logits; if a path of the network
 * bypasses the tap, the whole network is recomputed for every mask.
 *
 * @param model Network, parameters and statistics; the caller disposes of them.
 * @param dataset Labelled images.
 * @param masks Sets of channels to mask together.
 * @param options Tap, batch size, cluster.
 * @returns Accuracies without a mask and under each mask.
 * @throws {RangeError} If there is no such tap or channel, or no image.
 * @throws {DataError} If an image cannot be read.
 */
export async function maskedRecognition(
  model: Model,
  dataset: ImageDataset,
  masks: readonly (readonly number[])[],
  { tap = "embedding", ...options }: MaskingOptions = {},
): Promise<MaskedRecognition> {
  const { network, params, state } = model;
  const { shape } = findTap(model, dataset.shape, tap);
  const channels = shape[shape.length - 1];
  const every = [[], ...masks].map((mask) => [...new Set(mask)]);
  const factors = every.map((mask) => maskOf(mask, channels, tap));
  const tally = tallyOf(dataset, every.length);

  const rest = networkTail(network, tap, dataset.shape);
  const some = subset(dataset, Array.from(dataset.labels.subarray(0, PROBED), (_, i) => i));
  const seen = await collectFeaturesAndLogits(model, some, { taps: [tap] });
  const images = some.labels.length;
  const probe = {
    feature: tf.tensor(seen.features[tap].values, [images, ...shape]),
    logits: tf.tensor(seen.logits, [images, seen.classes]),
  };
  try {
    const weight = shape.length === 1 ? affineWeight(rest, params, state, probe) : undefined;
    if (weight) await byAlgebra(model, dataset, tap, weight, every, options, tally.add);
    else if (passesTap(rest, params, state, probe)) {
      await fromTheTap(model, dataset, tap, rest, factors, options, tally.add);
    } else await wholeNetwork(model, dataset, tap, factors, options, tally.add);
  } finally {
    tf.dispose([probe.feature, probe.logits]);
  }
  const [whole, ...masked] = tally.recognised();
  return { whole, masked };
}

/** Records the predicted class of an image under a mask. */
type Add = (mask: number, image: number, predicted: number) => void;

/** Computes the logits under every mask as z − Σ x_c·W_c over the masked channels c. */
async function byAlgebra(
  model: Model,
  dataset: ImageDataset,
  tap: string,
  weight: Float32Array,
  masks: readonly (readonly number[])[],
  options: ForwardOptions,
  add: Add,
): Promise<void> {
  const { features, logits, classes } = await collectFeaturesAndLogits(model, dataset, {
    ...options,
    taps: [tap],
  });
  const { values, shape: [channels] } = features[tap];
  const row = new Float32Array(classes);
  for (let image = 0; image < dataset.labels.length; image++) {
    const z = logits.subarray(image * classes, (image + 1) * classes);
    const unchanged = largest(z);
    for (const [m, mask] of masks.entries()) {
      let changed = false;
      for (const channel of mask) {
        const x = values[image * channels + channel];
        // Masking a channel that is already 0 (frequent after a ReLU) changes nothing.
        if (x === 0) continue;
        if (!changed) row.set(z);
        changed = true;
        for (let c = 0; c < classes; c++) row[c] -= x * weight[channel * classes + c];
      }
      add(m, image, changed ? largest(row) : unchanged);
    }
  }
}

/** Computes the features once, and the layers after the tap for every mask. */
async function fromTheTap(
  { network, params, state }: Model,
  dataset: ImageDataset,
  tap: string,
  rest: RestOfNetwork,
  factors: readonly Float32Array[],
  options: ForwardOptions,
  add: Add,
): Promise<void> {
  const apply = tappedNetwork(network, [tap]);
  const features = forward(
    ({ images }, params: Params, state: Params) => apply(params, state, images).features[tap],
    { ...options, name: "features" },
  );
  const { cluster } = options;
  const masked = traced((params: Params, state: Params, feature: tf.Tensor, mask: tf.Tensor) => {
    if (!cluster) return rest(params, state, feature.mul(mask));
    const rows = feature.shape[0] / cluster.size;
    const own = feature.slice(cluster.rank * rows, rows);
    return tensorsOfAll(cluster, rest(params, state, own.mul(mask)));
  }, { name: "masked", shards: ([, , feature]) => [feature] });
  try {
    await features.each([params, state], dataset, async (feature, first, count) => {
      for (const [m, values] of factors.entries()) {
        const mask = tf.tensor1d(values);
        const logits = await masked(params, state, feature, mask);
        mask.dispose();
        await addRows(logits, m, first, count, add);
        logits.dispose();
      }
    });
  } finally {
    features.dispose();
    masked.dispose();
  }
}

/** Computes the whole network for every mask. */
async function wholeNetwork(
  { network, params, state }: Model,
  dataset: ImageDataset,
  tap: string,
  factors: readonly Float32Array[],
  options: ForwardOptions,
  add: Add,
): Promise<void> {
  const masked = forward(
    ({ images }, params: Params, state: Params, mask: tf.Tensor) =>
      network.apply(params, state, images, {
        training: false,
        tap: (name, feature) => name === tap ? feature.mul(mask) : feature,
      }).y,
    { ...options, name: "masked" },
  );
  try {
    for (const [m, values] of factors.entries()) {
      const mask = tf.tensor1d(values);
      try {
        await masked.each([params, state, mask], dataset, async (logits, first, count) => {
          await addRows(logits, m, first, count, add);
        });
      } finally {
        mask.dispose();
      }
    }
  } finally {
    masked.dispose();
  }
}

async function addRows(
  logits: tf.Tensor,
  mask: number,
  first: number,
  count: number,
  add: Add,
): Promise<void> {
  const values = await logits.data(), classes = logits.shape[1]!;
  for (let i = 0; i < count; i++) {
    add(mask, first + i, largest(values.subarray(i * classes, (i + 1) * classes)));
  }
}

/** Counts correct predictions per class and mask. */
function tallyOf(dataset: ImageDataset, masks: number) {
  const images = classCounts(dataset);
  const right = Array.from({ length: masks }, () => new Uint32Array(images.length));
  return {
    add(mask: number, image: number, predicted: number) {
      const label = dataset.labels[image];
      if (predicted === label) right[mask][label]++;
    },
    recognised: (): Recognised[] =>
      right.map((hits) => ({
        all: 100 * hits.reduce((sum, n) => sum + n, 0) / dataset.labels.length,
        perClass: images.map((n, label) => n === 0 ? null : 100 * hits[label] / n),
      })),
  };
}

/**
 * What is taken elsewhere: a network from pixels to probabilities, and what its user must know.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";
import { foldScales } from "../engine/graph/fold_scales.ts";
import { captureBatchFunction } from "../engine/graph/free_batch.ts";
import type { ComputationGraph } from "../engine/graph/graph.ts";
import type { Fit } from "../data/dataset.ts";
import type { ModelInput } from "../train/model_input.ts";
import type { Model } from "../train/predict.ts";

/** What the images of a network are like. */
export interface Images extends Omit<ModelInput, "fit"> {
  /** Name of each class. */
  readonly classNames: readonly string[];
  /**
   * How images of another size come to their own.
   *
   * @default {"stretch"}
   */
  readonly fit?: Fit;
}

/** What is to be done to images of another size, in words. */
const RESIZING: Readonly<Record<Fit, string>> = {
  stretch: "both sides to height and width, bilinear with antialiasing",
  "centre-crop":
    "the shorter side to 256/224 of the height, bilinear with antialiasing, then the centre",
};

/** Names of what goes in and comes out, the same in every format. */
export const NAMES = { input: "images", outputs: ["logits", "probabilities"] } as const;

/**
 * A network as a graph from pixels, `[batch, height, width, channels]`, RGB from 0 to 1, to logits and their softmax.
 * Mean and deviation are taken into it, batch norms are folded into the convolutions before them.
 *
 * @param model The network, in evaluation mode; its tensors stay the caller's.
 * @param images Shape, mean and deviation of its images.
 * @returns The graph.
 * @throws {RangeError} If the network does other operations for another number of images.
 */
export function inferenceGraph(
  { network, params, state }: Model,
  { shape, mean, std }: Images,
): ComputationGraph {
  const captured = captureBatchFunction((pixels) => {
    const images = pixels.sub(tf.tensor1d([...mean])).div(tf.tensor1d([...std]));
    const { y } = network.apply(params, state, images, { training: false });
    return [y, tf.softmax(y as tf.Tensor2D)];
  }, shape);
  return foldScales(captured);
}

/** What the user of an exported network must know, as texts. */
export function describe(
  { network }: Pick<Model, "network">,
  { classNames, shape, mean, std, fit = "stretch", exif = false }: Images,
  layout: "NCHW" | "NHWC",
): Record<string, string> {
  const [height, width, channels] = shape;
  return {
    network: network.name,
    input: `${NAMES.input}: ${layout} float32, RGB from 0 to 1, ` +
      `not normalised: the network takes mean and std into account`,
    height: String(height),
    width: String(width),
    channels: String(channels),
    resizing: RESIZING[fit],
    orientation: exif ? "turned upright as EXIF says" : "as stored, whatever EXIF says",
    mean: JSON.stringify(mean),
    std: JSON.stringify(std),
    classes: JSON.stringify(classNames),
  };
}

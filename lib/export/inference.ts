/**
 * The exported computation, from pixels to probabilities, and its metadata.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";
import { foldScales } from "../engine/graph/fold_scales.ts";
import { captureBatchFunction } from "../engine/graph/free_batch.ts";
import type { ComputationGraph } from "../engine/graph/graph.ts";
import type { ResizeMode } from "../data/dataset.ts";
import type { ModelInput } from "../runs/model_input.ts";
import type { Model } from "../inference/predict.ts";

/** Properties of a network's images. */
export interface Images extends Omit<ModelInput, "fit"> {
  /** Name of each class. */
  readonly classNames: readonly string[];
  /**
   * How images of another size are resized.
   *
   * @default {"stretch"}
   */
  readonly fit?: ResizeMode;
}

/** Descriptions of how to resize images. */
const RESIZING: Readonly<Record<ResizeMode, string>> = {
  stretch: "both sides to height and width, bilinear with antialiasing",
  "centre-crop":
    "the shorter side to 256/224 of the height, bilinear with antialiasing, then the centre",
};

/** Names of inputs and outputs, the same in every format. */
export const NAMES = { input: "images", outputs: ["logits", "probabilities"] } as const;

/**
 * Traces a network as a graph from RGB pixels in [0, 1], `[batch, height, width, channels]`, to logits and their
 * softmax. The graph includes the normalisation by mean and deviation; batch norms are folded into the preceding
 * convolutions.
 *
 * @param model The network, applied in evaluation mode; the caller keeps ownership of its tensors.
 * @param images Shape, mean and deviation of its images.
 * @returns The graph.
 * @throws {RangeError} If the operations of the network depend on the batch size.
 */
export function inferenceGraph(
  { network, params, state }: Model,
  { shape, mean, std }: Images,
): ComputationGraph {
  const captured = captureBatchFunction((pixels) => {
    const images = pixels.sub(tf.tensor1d([...mean])).div(tf.tensor1d([...std]));
    const { y } = network.apply(params, state, images, { training: false });
    return [y, tf.softmax(y)];
  }, shape);
  return foldScales(captured);
}

/** Returns the metadata that users of an exported network need, as texts. */
export function describe(
  { network }: Pick<Model, "network">,
  { classNames, shape, mean, std, fit = "stretch", exif = false }: Images,
  layout: "NCHW" | "NHWC",
): Record<string, string> {
  const [height, width, channels] = shape;
  return {
    network: network.name,
    input: `${NAMES.input}: ${layout} float32, RGB from 0 to 1, ` +
      `not normalised: mean and std are part of the network`,
    height: String(height),
    width: String(width),
    channels: String(channels),
    resizing: RESIZING[fit],
    orientation: exif ? "rotated by EXIF orientation" : "as stored, ignoring EXIF orientation",
    mean: JSON.stringify(mean),
    std: JSON.stringify(std),
    classes: JSON.stringify(classNames),
  };
}

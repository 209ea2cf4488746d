/**
 * Grad-CAM.
 *
 * @module
 */
import type { Params } from "../core/tree.ts";
import { tf } from "../deps/tfjs.ts";
import { valueAndGradients } from "../engine/gradients.ts";
import { oneHot } from "../engine/ops/mod.ts";
import type { ImageDataset } from "../data/dataset.ts";
import { forward } from "../inference/forward.ts";
import type { Model } from "../inference/predict.ts";
import { findTap } from "./taps.ts";
import { type PositionMap, upsample } from "./upsample.ts";

/** Options of {@linkcode gradCam}. */
export interface GradCamOptions {
  /** Tap with spatial positions, usually the last block. */
  readonly tap: string;
  /**
   * Class whose logit to explain, for each image.
   *
   * @default {the labels}
   */
  readonly classes?: ArrayLike<number>;
  /**
   * Images per batch.
   *
   * @default {50}
   */
  readonly batch?: number;
}

/**
 * Computes Grad-CAM (Selvaraju et al. 2017, equations 1 and 2): ReLU(Σ_c α_c·A_c), where α_c is the gradient of a
 * class's logit with respect to channel c, averaged over positions.
 *
 * @param model Network, parameters and statistics; the caller disposes of them.
 * @param dataset A few images.
 * @param options Tap, classes, batch size.
 * @returns A map for each image, upsampled to the image's size.
 * @throws {RangeError} If there is no such tap (the message lists the available ones), it has no spatial positions,
 * there is not one class per image, or a class does not exist.
 * @throws {DataError} If an image cannot be read.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { gradCam } from "@nbn/toolkit/analysis";
 * import { builtin } from "@nbn/toolkit/data";
 * import { engine } from "@nbn/toolkit/engine";
 * import { resnetCifar } from "@nbn/toolkit/nn";
 *
 * await engine();
 * const { test } = builtin({ testImages: 1 });
 * const network = resnetCifar({ depth: 8, classes: 10 });
 * const model = { network, ...network.init(0, test.shape) };
 * const maps = await gradCam(model, test, { tap: "stage3/block1" });
 * assertEquals([maps.length, maps[0].height], [10, 32]);
 * ```
 */
export async function gradCam(
  model: Model,
  dataset: ImageDataset,
  { tap, classes = dataset.labels, batch = 50 }: GradCamOptions,
): Promise<PositionMap[]> {
  const { network } = model;
  const { shape } = findTap(model, dataset.shape, tap);
  if (shape.length !== 3) {
    throw new RangeError(
      `Expected a tap with features [height, width, channels] but found [${shape}] at ${tap}`,
    );
  }
  if (classes.length !== dataset.labels.length) {
    throw new RangeError(
      `Expected a class for each of ${dataset.labels.length} images but found ${classes.length}`,
    );
  }
  const names = dataset.classNames.length;
  const wrong = Array.from(classes).find((label) =>
    !Number.isInteger(label) || label < 0 || label >= names
  );
  if (wrong !== undefined) {
    throw new RangeError(`Expected classes from 0 to ${names - 1} but found ${wrong}`);
  }
  const pass = forward(({ images, labels }, params: Params, state: Params) => {
    // The gradient with respect to a zero tensor added to the feature equals the gradient with respect to the feature.
    const nothing = { added: tf.zeros([images.shape[0], ...shape]) };
    const { aux, gradients } = valueAndGradients(({ added }) => {
      let feature: tf.Tensor = added;
      const { y: logits } = network.apply(params, state, images, {
        training: false,
        tap: (name, computed) => name === tap ? (feature = computed.add(added)) : computed,
      });
      const chosen = oneHot(labels, logits.shape[1]!);
      return { loss: logits.mul(chosen).sum(), aux: { feature } };
    }, nothing);
    const alpha = gradients.added.mean([1, 2], true);
    return aux.feature.mul(alpha).sum(3).relu();
  }, { batch, name: "grad_cam" });
  const maps: PositionMap[] = [];
  const explained = { ...dataset, labels: Int32Array.from(classes) };
  const [height, width] = shape, [rows, columns] = dataset.shape;
  try {
    await pass.each([model.params, model.state], explained, async (map, _first, count) => {
      const values = await map.data() as Float32Array;
      for (let i = 0; i < count; i++) {
        const own = values.slice(i * height * width, (i + 1) * height * width);
        maps.push(upsample({ height, width, values: own }, rows, columns));
      }
    });
  } finally {
    pass.dispose();
  }
  return maps;
}

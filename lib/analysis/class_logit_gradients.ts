/**
 * Direction in which a loss moves each class's logit.
 *
 * @module
 */
import { elementsOf, expectMatrix } from "../core/shape.ts";
import { tf } from "../deps/tfjs.ts";
import { valueAndGradients } from "../engine/gradients.ts";
import { type AnyLoss, type LossContext, stateful } from "../losses/loss.ts";

/** Input of {@linkcode classLogitGradients}: labels of a batch and the logits of a network. */
export interface ClassLogitGradientsInput {
  /** Class of each image. */
  readonly labels: ArrayLike<number>;
  /** Number of classes. */
  readonly classes: number;
  /**
   * Shape `[images, classes]`, row-major.
   *
   * @default {all 0, as of an untrained network}
   */
  readonly logits?: Float32Array;
}

/**
 * Computes the net upward pull of a batch on each class's logit: images of the class pull it up, those of all other
 * classes push it down. It is −∂L/∂b, the first gradient step on the classifier's bias. On long-tailed data,
 * cross-entropy pulls frequent classes up and rare ones down; methods that compensate for the imbalance bring the pull
 * near 0 for each class.
 *
 * @param loss Any loss.
 * @param images Labels, number of classes, logits; for instance a whole training set as one batch, or the images that a
 * sampler draws.
 * @param context Training progress, by default 0 (the start), and further inputs of the loss.
 * @returns The pull on each class's logit; positive if the logit increases.
 * @throws {RangeError} If there is no image, or there is not one logit per image and class.
 *
 * @example Two classes, nine images of the first for one of the second
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { classLogitGradients } from "@nbn/toolkit/analysis";
 * import { engine } from "@nbn/toolkit/engine";
 * import { balancedSoftmax, crossEntropy } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const images = { labels: [0, 0, 0, 0, 0, 0, 0, 0, 0, 1], classes: 2 };
 * const [frequent, rare] = classLogitGradients(crossEntropy(), images);
 * assertAlmostEquals(frequent, 0.4, 1e-6);
 * assertAlmostEquals(rare, -0.4, 1e-6);
 * assertAlmostEquals(classLogitGradients(balancedSoftmax([9, 1]), images)[1], 0, 1e-6);
 * ```
 */
export function classLogitGradients(
  loss: AnyLoss,
  { labels, classes, logits }: ClassLogitGradientsInput,
  context: LossContext = { progress: 0 },
): number[] {
  const images = labels.length;
  if (images === 0) throw new RangeError("Expected at least one image but found none");
  elementsOf([images, classes]);
  if (logits) expectMatrix(logits, images, classes, "logits");
  const whole = stateful(loss);
  return tf.tidy(() => {
    const shape: [number, number] = [images, classes];
    const state = whole.init({ batch: images });
    const { gradients } = valueAndGradients(
      ({ logits }) =>
        whole.apply(
          state,
          logits,
          tf.tensor1d(Int32Array.from(labels), "int32"),
          context,
        ),
      { logits: tf.tensor2d(logits ?? new Float32Array(images * classes), shape) },
    );
    return Array.from(gradients.logits.sum(0).neg().dataSync());
  });
}

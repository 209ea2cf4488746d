/**
 * Which way a loss moves each class's logit.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";
import { valueAndGradients } from "../engine/gradients.ts";
import { type AnyLoss, type LossContext, stateful } from "../losses/loss.ts";

/** What {@linkcode logitPull} looks at: images drawn, and what a network makes of them. */
export interface PulledImages {
  /** Class of each image. */
  readonly labels: ArrayLike<number>;
  /** Number of classes. */
  readonly classes: number;
  /**
   * Shape `[images, classes]`, row by row.
   *
   * @default {0, of a network that does not tell images apart yet}
   */
  readonly logits?: Float32Array;
}

/**
 * How strongly a batch pulls each class's logit up, on balance: images of the class pull it up, those of all
 * other classes push it down. It is −∂L/∂b, the first step of the classifier's bias. Cross-entropy on a long tail
 * pulls frequent classes up and rare ones down; what makes up for the tail brings it near 0 for each class.
 *
 * @param loss Any loss.
 * @param images Labels, number of classes, logits; for instance all images of a training set as one batch, or
 * those that a sampler draws.
 * @param context Progress of the training, by default its start, and what the loss uses besides.
 * @returns A number for each class, above 0 where the logit rises.
 * @throws {RangeError} If there is no image, or not a logit for each image and class.
 *
 * @example Two classes, nine images of the first for one of the second
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { engine } from "../engine/engine.ts";
 * import { balancedSoftmax, crossEntropy } from "../losses/mod.ts";
 *
 * await engine();
 * const images = { labels: [0, 0, 0, 0, 0, 0, 0, 0, 0, 1], classes: 2 };
 * const [frequent, rare] = logitPull(crossEntropy(), images);
 * assertAlmostEquals(frequent, 0.4, 1e-6);
 * assertAlmostEquals(rare, -0.4, 1e-6);
 * assertAlmostEquals(logitPull(balancedSoftmax([9, 1]), images)[1], 0, 1e-6);
 * ```
 */
export function logitPull(
  loss: AnyLoss,
  { labels, classes, logits }: PulledImages,
  context: LossContext = { progress: 0 },
): number[] {
  const images = labels.length;
  if (images === 0) throw new RangeError("Expected at least one image but found none");
  if (logits && logits.length !== images * classes) {
    throw new RangeError(
      `Expected ${classes} logits for each of ${images} images but found ${logits.length} in all`,
    );
  }
  const whole = stateful(loss);
  return tf.tidy(() => {
    const shape: [number, number] = [images, classes];
    const state = whole.init({ batch: images });
    const { gradients } = valueAndGradients(
      (params) =>
        whole.apply(
          state,
          params.logits as tf.Tensor2D,
          tf.tensor1d(Int32Array.from(labels), "int32"),
          context,
        ),
      { logits: logits ? tf.tensor2d(logits, shape) : tf.zeros(shape) },
    );
    return Array.from((gradients.logits as tf.Tensor).sum(0).neg().dataSync());
  });
}

/**
 * Loss as a function of the margin.
 *
 * @module
 */
import { expectLabels } from "../core/labels.ts";
import { elementsOf } from "../core/shape.ts";
import { tf } from "../deps/tfjs.ts";
import { type AnyLoss, type LossContext, stateful } from "../losses/loss.ts";

/** Options of {@linkcode lossByMargin}. */
export interface LossByMarginOptions {
  /** Number of classes. */
  readonly classes: number;
  /** True class of the image. */
  readonly label: number;
  /**
   * Training progress and further inputs of the loss.
   *
   * @default {progress 0, the start of training}
   */
  readonly context?: LossContext;
}

/**
 * Computes the loss of one image as a function of the margin: the logit of its class, with all other logits 0.
 *
 * @param loss Any loss.
 * @param margins Logits of the image's class.
 * @param options Classes, label, context.
 * @returns The loss at each margin.
 * @throws {RangeError} If the label is not in [0, classes).
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { lossByMargin } from "@nbn/toolkit/analysis";
 * import { engine } from "@nbn/toolkit/engine";
 * import { crossEntropy } from "@nbn/toolkit/losses";
 *
 * await engine();
 * const [unsure, sure] = lossByMargin(crossEntropy(), [0, 20], { classes: 2, label: 0 });
 * assertAlmostEquals(unsure, Math.LN2, 1e-6);
 * assertAlmostEquals(sure, 0, 1e-6);
 * ```
 */
export function lossByMargin(
  loss: AnyLoss,
  margins: readonly number[],
  { classes, label, context = { progress: 0 } }: LossByMarginOptions,
): number[] {
  elementsOf([classes]);
  expectLabels([label], classes, "a label");
  const whole = stateful(loss);
  return tf.tidy(() => {
    const state = whole.init({ batch: 1 });
    const labels = tf.tensor1d([label], "int32");
    return margins.map((margin) => {
      const logits: tf.Tensor2D = tf.tensor2d([
        Array.from({ length: classes }, (_, i) => +(i === label)),
      ])
        .mul(margin);
      return whole.apply(state, logits, labels, context).loss.dataSync()[0];
    });
  });
}

/**
 * Initialises a stage with logits normalised by the training set (LogN).
 *
 * @module
 */
import { tf } from "../../deps/tfjs.ts";
import { logNAccumulator, logNScale } from "../../post_hoc/log_n.ts";
import { forwardLogits } from "../../inference/predict.ts";
import type { StageHook } from "./stage.ts";

/**
 * Computes exact mean and deviation of each class's logit over all training images, for a network that ends in
 * `calibratedLogits()`. The running statistics of the authors' code would stay near their initial values on a small
 * data set.
 *
 * @param part Name of that layer, the network's last.
 * @returns A hook for `begin` of a stage.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { measureLogitStatistics } from "@nbn/toolkit/train";
 *
 * assertEquals(measureLogitStatistics("logn").about, "mean and deviation of the training logits measured");
 * ```
 */
export function measureLogitStatistics(part: string): StageHook {
  return {
    about: "mean and deviation of the training logits measured",
    async change({ network, params, state, data, precision, signal }) {
      const tally = logNAccumulator();
      const logits = forwardLogits(network, { precision, name: "training_logits" });
      try {
        await logits.each([params, state], data.train, async (batch, _first, count) => {
          const classes = batch.shape[1]!;
          const values = await batch.data() as Float32Array;
          tally.add(values.subarray(0, count * classes), classes);
        }, signal);
      } finally {
        logits.dispose();
      }
      const { shift, deviation } = logNScale(tally.statistics());
      return {
        state: new Map<string, tf.Tensor>([
          [`${part}/shift`, tf.tensor1d(shift)],
          [`${part}/deviation`, tf.tensor1d(deviation)],
        ]),
      };
    },
  };
}

/**
 * MaxNorm constraint on the classifier, for LTR-WD's second stage.
 *
 * @module
 */
import { expectRank, expectTensorAt } from "../../core/tensor_rank.ts";
import type { Params } from "../../core/tree.ts";
import { tf } from "../../deps/tfjs.ts";
import { maxNorm, maxNormThreshold } from "../../post_hoc/max_norm.ts";
import type { Projection, StageHook } from "./stage.ts";

const WEIGHT = "head/weight";

/**
 * Computes the upper bound of the weight norms from the first stage: min + share · (max − min) of the norms.
 *
 * @param fraction Position between the smallest and the largest norm, in [0, 1].
 * @returns For a stage.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { measureMaxNorm } from "@nbn/toolkit/train";
 *
 * assertEquals(measureMaxNorm().about, "limit of the head's weights measured, fraction 0.1");
 * ```
 */
export function measureMaxNorm(fraction = 0.1): StageHook {
  return {
    about: `limit of the head's weights measured, fraction ${fraction}`,
    change: ({ params }) => ({
      memory: { threshold: tf.scalar(maxNormThreshold(headOf(params), fraction)) },
    }),
  };
}

/**
 * Rescales weights whose norm exceeds the upper bound, once per epoch.
 *
 * @returns A projection for a stage that begins with {@linkcode measureMaxNorm}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { projectMaxNorm } from "@nbn/toolkit/train";
 *
 * assertEquals(projectMaxNorm().about, "MaxNorm of the head in every epoch");
 * ```
 */
export function projectMaxNorm(): Projection {
  return {
    about: "MaxNorm of the head in every epoch",
    project(params, { threshold }) {
      const [limit] = expectRank(threshold, 0, "the limit of the head's weights").dataSync();
      return new Map([[WEIGHT, tf.tidy(() => maxNorm(headOf(params), limit))]]);
    },
  };
}

function headOf(params: Params): tf.Tensor2D {
  return expectTensorAt(params, WEIGHT, 2, "the network");
}

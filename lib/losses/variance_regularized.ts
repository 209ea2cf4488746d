/**
 * Regularisation by the variance of batch norm's parameters.
 *
 * @module
 */
import { expectRange } from "../core/expect_range.ts";
import { tf } from "../deps/tfjs.ts";
import { isPlaced, type Placement } from "../nn/placement.ts";
import { inputOf } from "./inputs.ts";
import { type AnyLoss, stateful, type StatefulLoss } from "./loss.ts";

/** Options of {@linkcode varianceRegularized}. */
export interface VarianceRegularizedOptions {
  /**
   * λ, at least 0. The paper shows results for two values without stating them, so tune it.
   *
   * @default {0.1}
   */
  readonly lambda?: number;
  /**
   * Which norms are regularised.
   *
   * @default {"default": the sites of NBN}
   */
  readonly placement?: Placement;
}

/**
 * A loss plus λ · Σ (Var(γ) + Var(β)) over batch norm layers: the values of Weight and Bias become more uniform, as
 * NBN does without an additional term (paper, section III-D and Table IV). The variance is the biased one over the
 * layer's channels.
 *
 * @param loss Any loss.
 * @param options λ and layers.
 * @returns The loss; it uses `"norms"`.
 * @throws {RangeError} If λ is negative; when called, if the placement includes no norm.
 * @throws {TypeError} When called, if the context holds no norms.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { crossEntropy, varianceRegularized } from "@nbn/toolkit/losses";
 *
 * assertEquals(varianceRegularized(crossEntropy(), { lambda: 0.01 }).uses, ["norms"]);
 * ```
 */
export function varianceRegularized(
  loss: AnyLoss,
  { lambda = 0.1, placement = "default" }: VarianceRegularizedOptions = {},
): StatefulLoss {
  expectRange("at least 0", { lambda });
  const { init, apply, uses = [], phases, views } = stateful(loss);
  return {
    phases,
    views,
    uses: [...uses, "norms"],
    init,
    apply(state, logits, labels, context) {
      const norms = inputOf(context, "norms", "varianceRegularized")
        .filter(({ site }) => isPlaced(placement, site));
      if (norms.length === 0) {
        throw new RangeError(
          "Expected a batch norm where variances are regularised but found none",
        );
      }
      const found = apply(state, logits, labels, context);
      const variances = norms.flatMap(({ weight, bias }) => [variance(weight), variance(bias)]);
      return { loss: found.loss.add(tf.addN(variances).mul(lambda)), state: found.state };
    },
  };
}

function variance(x: tf.Tensor1D): tf.Tensor {
  return x.sub(x.mean()).square().mean();
}

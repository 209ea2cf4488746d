/**
 * Batch normalisation.
 *
 * @module
 */
import { scalar } from "../literal.ts";
import type { Rule, Rules } from "../rule.ts";
import { bare, sizeOf, typeText, type Value } from "../value.ts";

/** Formats the attributes: the channels are the last axis of `[batch, height, width, channels]`. */
function attributesOf(epsilon: unknown): string {
  return `<{epsilon = ${scalar(epsilon as number ?? 1e-4, "f32")} : f32, feature_index = 3 : i64}>`;
}

const training: Rule = (b, { inputs: [x, weight, bias], attributes }) => {
  const types = [x, weight, bias].map(typeText).join(", ");
  const [y, mean, variance] = b.emitMany(
    `"stablehlo.batch_norm_training"(${x.name}, ${weight.name}, ${bias.name}) ` +
      `${attributesOf(attributes.get("epsilon"))} : ` +
      `(${types}) -> (${[x, weight, weight].map(typeText).join(", ")})`,
    [bare(x), bare(weight), bare(weight)],
  );
  // TensorFlow's second and third results are meant for running statistics, with the unbiased variance.
  const count = sizeOf(x.shape) / weight.shape[0];
  const unbiased = count > 1
    ? b.binary("multiply", variance, b.like(count / (count - 1), variance))
    : variance;
  const nothing = b.like(0, { shape: [0], element: "f32" });
  return [y, mean, unbiased, mean, variance, nothing];
};

const gradient: Rule = (b, { inputs: [dy, x, weight, mean, variance], attributes }) => {
  const operands: Value[] = [x, weight, mean, variance, dy];
  const [dx, dWeight, dBias] = b.emitMany(
    `"stablehlo.batch_norm_grad"(${operands.map(({ name }) => name).join(", ")}) ` +
      `${attributesOf(attributes.get("epsilon"))} : ` +
      `(${operands.map(typeText).join(", ")}) -> ` +
      `(${[x, weight, weight].map(typeText).join(", ")})`,
    [bare(x), bare(weight), bare(weight)],
  );
  const nothing = b.like(0, { shape: [0], element: "f32" });
  return [dx, dWeight, dBias, nothing, nothing];
};

/** Batch normalisation by the statistics of the batch, and its gradient. */
export const BATCH_NORM: Rules = {
  FusedBatchNormV3: training,
  FusedBatchNormGradV3: gradient,
};

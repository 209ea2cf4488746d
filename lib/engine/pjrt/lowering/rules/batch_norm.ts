/**
 * Batch normalisation.
 *
 * @module
 */
import { scalar } from "../literal.ts";
import { type Call, number, type Rule, type Rules } from "../rule.ts";
import { bare, sizeOf, typeText, type Value } from "../value.ts";

/** Formats the attributes: the channels are the last axis of `[batch, height, width, channels]`. */
function attributesOf(call: Call): string {
  const epsilon = scalar(number(call, "epsilon", 1e-4), "f32");
  return `<{epsilon = ${epsilon} : f32, feature_index = 3 : i64}>`;
}

const training: Rule = (b, call) => {
  const { inputs: [x, weight, bias] } = call;
  const types = [x, weight, bias].map(typeText).join(", ");
  const [y, mean, variance] = b.emitMany(
    `"stablehlo.batch_norm_training"(${x.name}, ${weight.name}, ${bias.name}) ` +
      `${attributesOf(call)} : ` +
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

const gradient: Rule = (b, call) => {
  const { inputs: [dy, x, weight, mean, variance] } = call;
  const operands: Value[] = [x, weight, mean, variance, dy];
  const [dx, dWeight, dBias] = b.emitMany(
    `"stablehlo.batch_norm_grad"(${operands.map(({ name }) => name).join(", ")}) ` +
      `${attributesOf(call)} : ` +
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

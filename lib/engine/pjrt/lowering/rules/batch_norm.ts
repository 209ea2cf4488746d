/**
 * Batch normalisation, by operations that XLA's own would be expanded to: the compiler can divide those among several
 * devices, but not its own.
 *
 * @module
 */
import type { Builder } from "../builder.ts";
import { type Call, number, type Rule, type Rules } from "../rule.ts";
import { sizeOf, type Value } from "../value.ts";

/** All axes but the channels of `[batch, height, width, channels]`. */
const OTHERS = [0, 1, 2], CHANNELS = 3;

/** A value of each channel at all its places. */
function spread(b: Builder, value: Value, { shape }: Value): Value {
  return b.broadcast(value, shape, [CHANNELS]);
}

/** The difference to the mean of each channel. */
function centred(b: Builder, x: Value, mean: Value): Value {
  return b.binary("subtract", x, spread(b, mean, x));
}

/** 1 / √(variance + epsilon). */
function inverseOf(b: Builder, call: Call, variance: Value): Value {
  const epsilon = b.like(number(call, "epsilon", 1e-4), variance);
  return b.unary("rsqrt", b.binary("add", variance, epsilon));
}

const training: Rule = (b, call) => {
  const { inputs: [x, weight, bias] } = call, count = sizeOf(x.shape) / weight.shape[0];
  const meanOf = (value: Value) => {
    const sum = b.reduce("add", value, OTHERS, 0);
    return b.binary("divide", sum, b.like(count, sum));
  };
  const mean = meanOf(x), difference = centred(b, x, mean);
  const variance = meanOf(b.binary("multiply", difference, difference));
  const scale = b.binary("multiply", inverseOf(b, call, variance), weight);
  const scaled = b.binary("multiply", difference, spread(b, scale, x));
  const y = b.binary("add", scaled, spread(b, bias, x));
  // TensorFlow's second and third results are meant for running statistics, with the unbiased variance.
  const unbiased = count > 1
    ? b.binary("multiply", variance, b.like(count / (count - 1), variance))
    : variance;
  const nothing = b.like(0, { shape: [0], element: "f32" });
  return [y, mean, unbiased, mean, variance, nothing];
};

const gradient: Rule = (b, call) => {
  const { inputs: [dy, x, weight, mean, variance] } = call;
  const count = sizeOf(x.shape) / weight.shape[0];
  const difference = centred(b, x, mean), inverse = inverseOf(b, call, variance);
  const dBias = b.reduce("add", dy, OTHERS, 0);
  const product = b.reduce("add", b.binary("multiply", dy, difference), OTHERS, 0);
  const dWeight = b.binary("multiply", product, inverse);
  const meanOf = (sum: Value) => b.binary("divide", sum, b.like(count, sum));
  // What the input changes through mean and variance.
  const throughMean = spread(b, meanOf(dBias), x);
  const slope = meanOf(b.binary("multiply", dWeight, inverse));
  const throughVariance = b.binary("multiply", difference, spread(b, slope, x));
  const rest = b.binary("subtract", b.binary("subtract", dy, throughMean), throughVariance);
  const dx = b.binary("multiply", rest, spread(b, b.binary("multiply", weight, inverse), x));
  const nothing = b.like(0, { shape: [0], element: "f32" });
  return [dx, dWeight, dBias, nothing, nothing];
};

/** Batch normalisation by the statistics of the batch, and its gradient. */
export const BATCH_NORM: Rules = {
  FusedBatchNormV3: training,
  FusedBatchNormGradV3: gradient,
};

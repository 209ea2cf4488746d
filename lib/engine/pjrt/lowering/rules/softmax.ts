/**
 * Softmax and cross-entropy.
 *
 * @module
 */
import type { Builder } from "../builder.ts";
import type { Rule, Rules } from "../rule.ts";
import type { Value } from "../value.ts";
import { keptAxis } from "./reductions.ts";

/** The logarithm of the softmax over the last axis, and the softmax itself. */
function softmax(b: Builder, x: Value): { log: Value; plain: Value } {
  const axis = x.shape.length - 1;
  const spread = (reduced: Value) => keptAxis(b, reduced, x, axis);
  const shifted = b.binary("subtract", x, spread(b.reduce("maximum", x, [axis], -Infinity)));
  const powers = b.unary("exponential", shifted), sum = b.reduce("add", powers, [axis], 0);
  return {
    log: b.binary("subtract", shifted, spread(b.unary("log", sum))),
    plain: b.binary("divide", powers, spread(sum)),
  };
}

/** Loss of each row and its gradient, softmax · Σ targets − targets. */
const crossEntropy: Rule = (b, { inputs: [logits, given] }) => {
  const targets = b.broadcast(given, logits.shape);
  const { log, plain } = softmax(b, logits);
  const loss = b.unary("negate", b.reduce("add", b.binary("multiply", targets, log), [1], 0));
  const total = keptAxis(b, b.reduce("add", targets, [1], 0), logits, 1);
  return [loss, b.binary("subtract", b.binary("multiply", plain, total), targets)];
};

/** The same with labels; a label that is no class makes the row NaN. */
const sparse: Rule = (b, { inputs: [logits, labels] }) => {
  const places = b.iota(logits.shape, 1, "i32");
  const isLabel = b.compare("EQ", places, b.broadcast(b.convert(labels, "i32"), logits.shape, [0]));
  const { log, plain } = softmax(b, logits);
  const own = b.select(isLabel, log, b.like(0, log));
  const loss = b.unary("negate", b.reduce("add", own, [1], 0));
  const gradient = b.binary("subtract", plain, b.convert(isLabel, "f32"));
  const isClass = b.reduce("or", isLabel, [1], 0);
  return [
    b.select(isClass, loss, b.like(NaN, loss)),
    b.select(keptAxis(b, isClass, logits, 1), gradient, b.like(NaN, gradient)),
  ];
};

/** Softmax and cross-entropy. */
export const SOFTMAX: Rules = {
  Softmax: (b, { inputs: [x] }) => softmax(b, x).plain,
  LogSoftmax: (b, { inputs: [x] }) => softmax(b, x).log,
  SoftmaxCrossEntropyWithLogits: crossEntropy,
  SparseSoftmaxCrossEntropyWithLogits: sparse,
};

/**
 * Reductions over axes.
 *
 * @module
 */
import type { Binary, Builder } from "../builder.ts";
import { axesBut, axisOf, type Call, flag, type Rule, type Rules } from "../rule.ts";
import { constantOf, sizeOf, type Type, type Value } from "../value.ts";

function axesOf({ inputs: [x, axes] }: Call): number[] {
  return constantOf(axes, "the axes of a reduction").map((axis) => axisOf(axis, x.shape.length));
}

const reduce = (operation: Binary, start: (x: Value) => number): Rule => (b, call) => {
  const [x] = call.inputs;
  return b.reshape(b.reduce(operation, x, axesOf(call), start(x)), call.outputs[0].shape);
};

const mean: Rule = (b, call) => {
  const [x] = call.inputs, { shape } = call.outputs[0];
  const sum = b.reshape(b.reduce("add", x, axesOf(call), 0), shape);
  const count = sizeOf(x.shape) / sizeOf(shape);
  return b.binary("divide", sum, b.like(count, sum));
};

/** Index of the first element that is the greatest (or, for `ArgMin`, the least) along an axis. */
const argument = (operation: "maximum" | "minimum"): Rule => (b, { inputs, outputs }) => {
  const [x, along] = inputs, [given] = constantOf(along, "the axis of an argument");
  const axis = axisOf(given, x.shape.length), length = x.shape[axis];
  const best = b.reduce(operation, x, [axis], operation === "maximum" ? lowest(x) : highest(x));
  const isBest = b.compare("EQ", x, keptAxis(b, best, x, axis));
  const place = b.iota(x.shape, axis, "i32");
  const first = b.reduce(
    "minimum",
    b.select(isBest, place, b.like(length - 1, place)),
    [axis],
    length,
  );
  return b.convert(first, outputs[0].element);
};

/** Repeats the result of a reduction along the axis that was reduced. */
export function keptAxis(
  b: Builder,
  reduced: Value,
  { shape }: Pick<Type, "shape">,
  axis: number,
): Value {
  return b.broadcast(reduced, shape, axesBut(axis, shape.length));
}

/** The neutral element of a maximum. */
export function lowest({ element }: Value): number {
  return element === "f32" ? -Infinity : -(2 ** 31);
}

function highest({ element }: Value): number {
  return element === "f32" ? Infinity : 2 ** 31 - 1;
}

/** Sums up to every place along an axis, as sums over windows of the axis's length. */
const cumulativeSum: Rule = (b, call) => {
  const { inputs: [x, along], outputs: [type] } = call;
  const [given] = constantOf(along, "the axis of a cumulative sum");
  const axis = axisOf(given, x.shape.length), length = x.shape[axis];
  const isReversed = flag(call, "reverse");
  const isExclusive = flag(call, "exclusive");
  const padding = x.shape.map((_, i): [number, number] => {
    if (i !== axis) return [0, 0];
    const before = length - 1 + (isExclusive ? 1 : 0), after = isExclusive ? -1 : 0;
    return isReversed ? [after, before] : [before, after];
  });
  const ones = x.shape.map(() => 1);
  const size = ones.with(axis, length);
  const found = b.reduceWindow("add", x, { size, strides: ones, padding }, 0);
  return { ...found, ...type };
};

/** Reductions over axes. */
export const REDUCTIONS: Rules = {
  All: reduce("and", () => 1),
  Any: reduce("or", () => 0),
  ArgMax: argument("maximum"),
  ArgMin: argument("minimum"),
  Cumsum: cumulativeSum,
  Max: reduce("maximum", lowest),
  Mean: mean,
  Min: reduce("minimum", highest),
  Prod: reduce("multiply", () => 1),
  Sum: reduce("add", () => 0),
};

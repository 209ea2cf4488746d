/**
 * Operations that change shapes.
 *
 * @module
 */
import type { Builder } from "../builder.ts";
import type { Sides } from "../text.ts";
import { axisOf, number, type Rule, type Rules } from "../rule.ts";
import { constantOf, type Value } from "../value.ts";

/** Takes a range of one axis. */
function part(b: Builder, x: Value, axis: number, from: number, to: number): Value {
  return b.slice(x, x.shape.map(() => 0).with(axis, from), x.shape.with(axis, to));
}

const reshape: Rule = (b, { inputs: [x], outputs: [{ shape }] }) => b.reshape(x, shape);

const slice: Rule = (b, { inputs: [x, begin], outputs: [{ shape }] }) => {
  const start = constantOf(begin, "the start of a slice");
  return b.slice(x, start, start.map((at, axis) => at + shape[axis]));
};

const stridedSlice: Rule = (b, call) => {
  const { inputs: [x, begin, end, steps], outputs: [{ shape }] } = call;
  const mask = (name: string) => number(call, name, 0);
  if (mask("ellipsis_mask") || mask("new_axis_mask")) {
    throw new RangeError("Expected a strided slice without ellipsis and new axes but found one");
  }
  const strides = constantOf(steps, "the steps of a slice");
  if (strides.some((step) => step < 1)) {
    throw new RangeError(`Expected a strided slice with steps from 1 but found ${strides}`);
  }
  const masked = (bits: number, axis: number) => (bits >> axis & 1) === 1;
  const limit = (at: number, axis: number) =>
    Math.min(x.shape[axis], Math.max(0, at < 0 ? at + x.shape[axis] : at));
  const from = constantOf(begin, "the start of a slice"), to = constantOf(end, "a slice's end");
  const starts = x.shape.map((_, axis) =>
    axis >= from.length || masked(mask("begin_mask"), axis) ? 0 : limit(from[axis], axis)
  );
  const ends = x.shape.map((length, axis) => {
    if (masked(mask("shrink_axis_mask"), axis)) return starts[axis] + 1;
    return axis >= to.length || masked(mask("end_mask"), axis) ? length : limit(to[axis], axis);
  });
  return b.reshape(b.slice(x, starts, ends, x.shape.map((_, axis) => strides[axis] ?? 1)), shape);
};

const pad: Rule = (b, { inputs: [x, paddings, value] }) => {
  const flat = constantOf(paddings, "the amounts of padding");
  const sides = x.shape.map((_, axis): Sides => [flat[2 * axis], flat[2 * axis + 1]]);
  return b.pad(x, sides, value ?? b.scalar(0, x.element));
};

const mirrorPad: Rule = (b, { inputs: [x, paddings], attributes }) => {
  const flat = constantOf(paddings, "the amounts of padding");
  const skipped = attributes.get("mode") === "REFLECT" ? 1 : 0;
  return x.shape.reduce((value, length, axis) => {
    const mirrored = (from: number, to: number) =>
      b.reverse(part(b, value, axis, from, to), [axis]);
    const [before, after] = [flat[2 * axis], flat[2 * axis + 1]];
    return b.concatenate([
      ...(before > 0 ? [mirrored(skipped, skipped + before)] : []),
      value,
      ...(after > 0 ? [mirrored(length - skipped - after, length - skipped)] : []),
    ], axis);
  }, x);
};

const pack: Rule = (b, call) => {
  const { inputs, outputs: [{ shape }] } = call,
    axis = axisOf(number(call, "axis", 0), shape.length);
  return b.concatenate(inputs.map((value) => b.reshape(value, shape.with(axis, 1))), axis);
};

const unpack: Rule = (b, call) => {
  const { inputs: [x], outputs } = call, axis = axisOf(number(call, "axis", 0), x.shape.length);
  return outputs.map(({ shape }, i) => b.reshape(part(b, x, axis, i, i + 1), shape));
};

const concat: Rule = (b, { inputs }) => {
  const [axis] = constantOf(inputs.at(-1)!, "the axis of a concatenation");
  return b.concatenate(inputs.slice(0, -1), axisOf(axis, inputs[0].shape.length));
};

const split: Rule = (b, { inputs: [x, , along], outputs }) => {
  const [given] = constantOf(along, "the axis of a split"), axis = axisOf(given, x.shape.length);
  let at = 0;
  return outputs.map(({ shape }) => part(b, x, axis, at, at += shape[axis]));
};

const tile: Rule = (b, { inputs: [x, multiples] }) =>
  constantOf(multiples, "the numbers of repetitions").reduce(
    (value, times, axis) => b.concatenate(new Array(times).fill(value), axis),
    x,
  );

const reverse: Rule = (b, { inputs: [x, axes] }) =>
  b.reverse(x, constantOf(axes, "the axes to reverse").map((axis) => axisOf(axis, x.shape.length)));

const range: Rule = (b, { inputs: [start, , step], outputs: [{ shape, element }] }) => {
  const [from] = constantOf(start, "the start of a range");
  const [by] = constantOf(step, "the step of a range");
  const type = { shape, element };
  return b.constant(Array.from({ length: shape[0] }, (_, i) => from + i * by), type);
};

/** Operations that change shapes. */
export const SHAPES: Rules = {
  BroadcastTo: (b, { inputs: [x], outputs: [{ shape }] }) => b.broadcast(x, shape),
  ConcatV2: concat,
  ExpandDims: reshape,
  Fill: (b, { inputs: [, value], outputs: [{ shape }] }) => b.broadcast(value, shape),
  MirrorPad: mirrorPad,
  Pack: pack,
  Pad: pad,
  PadV2: pad,
  Range: range,
  Reshape: reshape,
  ReverseV2: reverse,
  Slice: slice,
  SplitV: split,
  Squeeze: reshape,
  StridedSlice: stridedSlice,
  Tile: tile,
  Transpose: (b, { inputs: [x, order] }) => b.transpose(x, constantOf(order, "an order of axes")),
  Unpack: unpack,
};

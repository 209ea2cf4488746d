/**
 * Converts operations to TensorFlow.
 *
 * @module
 */
import { UsageError } from "../../core/errors.ts";
import type { Attribute, GraphNode, Value } from "../../engine/graph/graph.ts";
import { LOWEST } from "../../engine/ops/portable_pool.ts";
import type { NodeAttribute, TensorflowBuilder } from "./builder.ts";

/** Capabilities of the program that loads the graph. */
export interface Limits {
  /** Whether it supports grouped convolutions; TensorFlow.js does not. */
  readonly groups: boolean;
}

/** Writes one operation. */
type Writer = (node: GraphNode, to: TensorflowBuilder, limits: Limits) => void;

const FLOAT: NodeAttribute = { type: "float32" };
const INTEGER: NodeAttribute = { type: "int32" };
const ints = (i: readonly number[]): NodeAttribute => ({ list: { i } });

/** Converts an operation with a direct TensorFlow equivalent and one output. */
function same(op: string): Writer {
  return ({ inputs, outputs: [y] }, to) => {
    const values = Object.values(inputs);
    const attr = { T: { type: values[0].dtype } };
    to.name(y, to.node(op, values.map((value) => to.input(value)), attr));
  };
}

function reduce(op: "Sum" | "Mean" | "Max"): Writer {
  return ({ inputs: { x }, attributes, outputs: [y] }, to) => {
    const axes = [attributes.axis ?? attributes.reductionIndices].flat() as number[];
    const attr = { T: FLOAT, Tidx: INTEGER, keep_dims: { b: attributes.keepDims === true } };
    to.name(y, to.node(op, [to.input(x), to.integers(axes)], attr));
  };
}

function pad(
  name: string,
  borders: readonly number[],
  value: number,
  to: TensorflowBuilder,
): string {
  const size = to.constant([], "float32", Float32Array.of(value));
  const shape = [borders.length / 2, 2];
  return to.node("PadV2", [name, to.integers(borders, shape), size], {
    T: FLOAT,
    Tpaddings: INTEGER,
  });
}

/** Returns the input and padding mode of a window; numeric padding becomes an explicit pad of the images. */
function framed(x: Value, padding: Attribute, value: number, to: TensorflowBuilder) {
  const name = to.input(x);
  if (typeof padding !== "number") {
    return { name, padding: { s: (padding as string).toUpperCase() } };
  }
  const sides = [padding, padding];
  return {
    name: padding > 0 ? pad(name, [0, 0, ...sides, ...sides, 0, 0], value, to) : name,
    padding: { s: "VALID" },
  };
}

function pool(op: "MaxPool" | "AvgPool", outside: number): Writer {
  return ({ inputs: { x }, attributes, outputs: [y] }, to) => {
    const { name, padding } = framed(x, attributes.pad, outside, to);
    to.name(
      y,
      to.node(op, [name], {
        T: FLOAT,
        ksize: ints([1, ...attributes.filterSize as number[], 1]),
        strides: ints([1, ...attributes.strides as number[], 1]),
        padding,
        data_format: { s: "NHWC" },
      }),
    );
  };
}

function split(
  name: string,
  sizes: readonly number[],
  axis: number,
  to: TensorflowBuilder,
): string[] {
  const made = to.node("SplitV", [name, to.integers(sizes), to.integers(axis)], {
    T: FLOAT,
    Tlen: INTEGER,
    num_split: { i: sizes.length },
  });
  return sizes.map((_, i) => i === 0 ? made : `${made}:${i}`);
}

function concat(names: readonly string[], axis: number, to: TensorflowBuilder): string {
  return to.node("ConcatV2", [...names, to.integers(axis)], {
    N: { i: names.length },
    T: FLOAT,
    Tidx: INTEGER,
  });
}

function addBias(name: string, bias: Value | undefined, to: TensorflowBuilder): string {
  if (!bias) return name;
  return to.node("BiasAdd", [name, to.input(bias)], { T: FLOAT, data_format: { s: "NHWC" } });
}

const WRITERS: Readonly<Record<string, Writer>> = {
  Add: same("AddV2"),
  Exp: same("Exp"),
  Greater: same("Greater"),
  Log: same("Log"),
  Maximum: same("Maximum"),
  Minimum: same("Minimum"),
  Multiply: same("Mul"),
  Neg: same("Neg"),
  OnesLike: same("OnesLike"),
  RealDiv: same("RealDiv"),
  Relu: same("Relu"),
  Rsqrt: same("Rsqrt"),
  Sigmoid: same("Sigmoid"),
  Softmax: same("Softmax"),
  Sqrt: same("Sqrt"),
  Square: same("Square"),
  Sub: same("Sub"),
  Tanh: same("Tanh"),
  ZerosLike: same("ZerosLike"),
  Max: reduce("Max"),
  Mean: reduce("Mean"),
  Sum: reduce("Sum"),
  AvgPool: pool("AvgPool", 0),
  MaxPool: pool("MaxPool", LOWEST),
  AddN({ inputs, outputs: [y] }, to) {
    const names = Object.values(inputs).map((input) => to.input(input));
    to.name(y, to.node("AddN", names, { N: { i: names.length }, T: FLOAT }));
  },
  Cast({ inputs: { x }, outputs: [y] }, to) {
    const attr = { SrcT: { type: x.dtype }, DstT: { type: y.dtype } };
    to.name(y, to.node("Cast", [to.input(x)], attr));
  },
  Conv2D({ inputs: { x, filter, bias }, attributes, outputs: [y] }, to, limits) {
    const strides = attributes.strides as number[], dilations = attributes.dilations as number[];
    const { name, padding } = framed(x, attributes.pad, 0, to);
    const attr = {
      T: FLOAT,
      strides: ints([1, ...strides, 1]),
      dilations: ints([1, ...dilations, 1]),
      padding,
      data_format: { s: "NHWC" },
    };
    const groups = attributes.groups as number;
    if (groups === 1 || limits.groups) {
      const made = to.node("Conv2D", [name, to.input(filter)], attr);
      return to.name(y, addBias(made, bias, to));
    }
    const parts = (extent: number) => Array<number>(groups).fill(extent / groups);
    const images = split(name, parts(x.shape[3]!), 3, to);
    const filters = split(to.input(filter), parts(filter.shape[3]!), 3, to);
    const made = images.map((image, i) => to.node("Conv2D", [image, filters[i]], attr));
    to.name(y, addBias(concat(made, 3, to), bias, to));
  },
  EveryNth({ inputs: { x }, attributes, outputs: [y] }, to) {
    const all = [0, 0, 0, 0], strides = [1, ...attributes.strides as number[], 1];
    const bounds = [all, all, strides].map((list) => to.integers(list));
    const whole = { i: 0b1111 };
    to.name(
      y,
      to.node("StridedSlice", [to.input(x), ...bounds], {
        T: FLOAT,
        Index: INTEGER,
        begin_mask: whole,
        end_mask: whole,
        ellipsis_mask: { i: 0 },
        new_axis_mask: { i: 0 },
        shrink_axis_mask: { i: 0 },
      }),
    );
  },
  PadV2({ inputs: { x }, attributes, outputs: [y] }, to) {
    const borders = (attributes.paddings as [number, number][]).flat();
    to.name(y, pad(to.input(x), borders, attributes.constantValue as number, to));
  },
  BatchMatMul({ inputs: { a, b, bias }, attributes, outputs: [y] }, to) {
    const names = [to.input(a), to.input(b)];
    const first = { b: attributes.transposeA === true },
      second = { b: attributes.transposeB === true };
    const made = a.shape.length === 2 && b.shape.length === 2
      ? to.node("MatMul", names, { T: FLOAT, transpose_a: first, transpose_b: second })
      : to.node("BatchMatMulV2", names, { T: FLOAT, adj_x: first, adj_y: second });
    to.name(y, addBias(made, bias, to));
  },
  Concat({ inputs, attributes, outputs: [y] }, to) {
    const names = Object.values(inputs).map((input) => to.input(input));
    to.name(y, concat(names, attributes.axis as number, to));
  },
  SplitV({ inputs: { x }, attributes, outputs }, to) {
    const axis = attributes.axis as number;
    const sizes = outputs.map(({ shape }) => shape.at(axis)!);
    split(to.input(x), sizes, axis, to).forEach((name, i) => to.name(outputs[i], name));
  },
  TopK({ inputs: { x }, attributes, outputs: [values, indices] }, to) {
    const count = to.integers(attributes.k as number);
    const sorted = { b: attributes.sorted === true };
    const made = to.node("TopKV2", [to.input(x), count], { T: FLOAT, sorted });
    to.name(values, made);
    to.name(indices, `${made}:1`);
  },
  Reshape({ inputs: { x }, outputs: [y] }, to) {
    const shape = to.integers(y.shape.map((extent) => extent ?? -1));
    to.name(y, to.node("Reshape", [to.input(x), shape], { T: FLOAT, Tshape: INTEGER }));
  },
};

/**
 * Writes an operation into a TensorFlow graph.
 *
 * @param node The operation.
 * @param to The graph.
 * @param limits Capabilities of the program that will load it.
 * @throws {UsageError} If the operation is not supported.
 */
export function writeTensorflowNode(node: GraphNode, to: TensorflowBuilder, limits: Limits): void {
  if (!Object.hasOwn(WRITERS, node.operation)) {
    throw new UsageError(
      `Expected operations that can be exported but found ${node.operation}: ` +
        `remove it from the network`,
    );
  }
  WRITERS[node.operation](node, to, limits);
}

/**
 * Converts operations to ONNX.
 *
 * @module
 */
import { UsageError } from "../../core/errors.ts";
import type { GraphNode, Value } from "../../engine/graph/graph.ts";
import { windowBorders } from "../window_borders.ts";
import { onnxAxis, type OnnxBuilder, onnxOrder, transposed } from "./builder.ts";

/** Writes one operation. */
type Writer = (node: GraphNode, to: OnnxBuilder) => void;

/** Converts an operation with a direct ONNX equivalent, one output, and no dependence on the order of axes. */
function same(opType: string): Writer {
  return ({ inputs, outputs: [y] }, to) =>
    to.name(
      y,
      to.node(
        opType,
        Object.values(inputs).map((input) => to.operand(input, y.shape.length)),
      )[0],
    );
}

function reduce(opType: "ReduceSum" | "ReduceMean" | "ReduceMax"): Writer {
  return ({ inputs: { x }, attributes, outputs: [y] }, to) => {
    const rank = x.shape.length;
    const axes = known(attributes.axis ?? attributes.reductionIndices, opType).map((one) =>
      onnxAxis(one, rank)
    );
    const keepdims = attributes.keepDims ? 1 : 0;
    // From opset 13 on ReduceSum takes its axes as an input; up to 17 the other reductions take an attribute.
    const [made] = opType === "ReduceSum"
      ? to.node(opType, [to.input(x), to.integers(axes)], { keepdims })
      : to.node(opType, [to.input(x)], { axes, keepdims });
    if (keepdims || rank !== 4) return to.name(y, made);
    // Remaining axes are channels-first; restore our order.
    const left = [0, 1, 2, 3].filter((axis) => !axes.includes(onnxAxis(axis, rank)));
    const order = left.map((axis) => onnxAxis(axis, rank));
    const sorted = [...order].sort((a, b) => a - b);
    const perm = order.map((axis) => sorted.indexOf(axis));
    to.name(
      y,
      perm.every((axis, i) => axis === i) ? made : to.node("Transpose", [made], { perm })[0],
    );
  };
}

/** Zeros or ones in the shape of a value. */
function filled(value: number): Writer {
  return ({ inputs: { x }, outputs: [y] }, to) => {
    const [shape] = to.node("Shape", [to.input(x)]);
    const one = to.constant([1], "float32", Float32Array.of(value));
    to.name(y, to.node("Expand", [one, shape])[0]);
  };
}

function pool(opType: "MaxPool" | "AveragePool"): Writer {
  return ({ inputs: { x }, attributes, outputs: [y] }, to) => {
    const kernel = attributes.filterSize as number[], strides = attributes.strides as number[];
    // A mean excludes the padding of "same" but includes explicit zero padding, as in PyTorch.
    const counts = opType === "AveragePool" && typeof attributes.pad === "number";
    const pads = windowBorders(x, kernel, strides, [1, 1], attributes.pad);
    const settings = { kernel_shape: kernel, strides, pads: onnxPads(pads) };
    to.name(
      y,
      to.node(opType, [to.input(x)], counts ? { ...settings, count_include_pad: 1 } : settings)[0],
    );
  };
}

/** Converts borders per axis to ONNX's order: all beginnings, then all ends. */
function onnxPads(borders: readonly (readonly [number, number])[]): number[] {
  return [...borders.map(([before]) => before), ...borders.map(([, after]) => after)];
}

function known(attribute: unknown, operation: string): number[] {
  const numbers = [attribute].flat(2);
  if (numbers.every((number) => typeof number === "number")) return numbers;
  throw new UsageError(
    `Expected ${operation} not to depend on the number of images but it does: ` +
      `ONNX cannot express it`,
  );
}

const WRITERS: Readonly<Record<string, Writer>> = {
  Add: same("Add"),
  AddN: same("Sum"),
  Exp: same("Exp"),
  Greater: same("Greater"),
  Log: same("Log"),
  Maximum: same("Max"),
  Minimum: same("Min"),
  Multiply: same("Mul"),
  Neg: same("Neg"),
  RealDiv: same("Div"),
  Relu: same("Relu"),
  Sigmoid: same("Sigmoid"),
  Sqrt: same("Sqrt"),
  Sub: same("Sub"),
  Tanh: same("Tanh"),
  Max: reduce("ReduceMax"),
  Mean: reduce("ReduceMean"),
  Sum: reduce("ReduceSum"),
  AvgPool: pool("AveragePool"),
  MaxPool: pool("MaxPool"),
  OnesLike: filled(1),
  ZerosLike: filled(0),
  Rsqrt: ({ inputs: { x }, outputs: [y] }, to) =>
    to.name(y, to.node("Reciprocal", to.node("Sqrt", [to.input(x)]))[0]),
  Square: ({ inputs: { x }, outputs: [y] }, to) => {
    const name = to.input(x);
    to.name(y, to.node("Mul", [name, name])[0]);
  },
  Cast: ({ inputs: { x }, outputs: [y] }, to) =>
    to.name(y, to.node("Cast", [to.input(x)], { to: y.dtype === "float32" ? 1 : 6 })[0]),
  Softmax: ({ inputs: { logits }, outputs: [y] }, to) =>
    to.name(y, to.node("Softmax", [to.input(logits)], { axis: onnxAxis(-1, y.shape.length) })[0]),
  Conv2D({ inputs: { x, filter, bias }, attributes, outputs: [y] }, to) {
    const dilations = attributes.dilations as number[], strides = attributes.strides as number[];
    const kernel = filter.shape.slice(0, 2) as number[];
    const pads = onnxPads(windowBorders(x, kernel, strides, dilations, attributes.pad));
    const { shape, values } = transposed(filter, [3, 2, 0, 1]);
    const weights = [to.constant(shape, "float32", values), ...(bias ? [to.input(bias)] : [])];
    to.name(
      y,
      to.node("Conv", [to.input(x), ...weights], {
        kernel_shape: kernel,
        strides,
        dilations,
        pads,
        group: attributes.groups as number,
      })[0],
    );
  },
  EveryNth({ inputs: { x }, attributes, outputs: [y] }, to) {
    const ends = (x.shape as number[]).slice(1, 3);
    const bounds = [[0, 0], ends, [2, 3], attributes.strides as number[]];
    to.name(y, to.node("Slice", [to.input(x), ...bounds.map((list) => to.integers(list))])[0]);
  },
  PadV2({ inputs: { x }, attributes, outputs: [y] }, to) {
    const pads = onnxPads(onnxOrder(attributes.paddings as [number, number][]));
    const value = to.constant([], "float32", Float32Array.of(attributes.constantValue as number));
    to.name(y, to.node("Pad", [to.input(x), to.integers(pads), value])[0]);
  },
  BatchMatMul({ inputs: { a, b, bias }, attributes, outputs: [y] }, to) {
    const factor = (value: Value, isTransposed: unknown) => {
      const name = to.natural(value), last = value.shape.length - 1;
      if (!isTransposed) return name;
      const perm = value.shape.map((_, i) => i < last - 1 ? i : 2 * last - 1 - i);
      return to.node("Transpose", [name], { perm })[0];
    };
    const product = to.node("MatMul", [
      factor(a, attributes.transposeA),
      factor(b, attributes.transposeB),
    ]);
    to.nameNatural(y, bias ? to.node("Add", [...product, to.input(bias)])[0] : product[0]);
  },
  Concat({ inputs, attributes, outputs: [y] }, to) {
    const axis = onnxAxis(attributes.axis as number, y.shape.length);
    to.name(y, to.node("Concat", Object.values(inputs).map((x) => to.input(x)), { axis })[0]);
  },
  SplitV({ inputs: { x }, attributes, outputs }, to) {
    const axis = attributes.axis as number;
    const sizes = outputs.map(({ shape }) => shape.at(axis));
    const lengths = to.integers(known(sizes, "SplitV"));
    const settings = { axis: onnxAxis(axis, x.shape.length) };
    to.node("Split", [to.input(x), lengths], settings, outputs.length)
      .forEach((name, i) => to.name(outputs[i], name));
  },
  TopK({ inputs: { x }, attributes, outputs: [values, indices] }, to) {
    const settings = { axis: -1, sorted: attributes.sorted ? 1 : 0 };
    const count = to.integers([attributes.k as number]);
    const [largest, places] = to.node("TopK", [to.input(x), count], settings, 2);
    to.name(values, largest);
    // ONNX returns int64; our indices are int32.
    to.name(indices, to.node("Cast", [places], { to: 6 })[0]);
  },
  Reshape({ inputs: { x }, outputs: [y] }, to) {
    const shape = to.integers(y.shape.map((extent) => extent ?? -1));
    to.nameNatural(y, to.node("Reshape", [to.natural(x), shape])[0]);
  },
};

/**
 * Writes an operation into an ONNX graph.
 *
 * @param node The operation.
 * @param to The graph.
 * @throws {UsageError} If the operation has no ONNX equivalent or is not supported.
 */
export function writeOnnxNode(node: GraphNode, to: OnnxBuilder): void {
  if (!Object.hasOwn(WRITERS, node.operation)) {
    throw new UsageError(
      `Expected operations that ONNX has but found ${node.operation}: ` +
        `export to TensorFlow, or remove it from the network`,
    );
  }
  WRITERS[node.operation](node, to);
}

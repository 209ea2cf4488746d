/**
 * An ONNX graph under construction, and where its axes are.
 *
 * @module
 */
import type { Constant, Extent, Value } from "../../engine/graph/graph.ts";
import type { Message } from "../protobuf.ts";
import { ATTRIBUTE_TYPE, DATA_TYPE } from "./schema.ts";

/** Attributes of a node; numbers are integers. */
export type Attributes = Readonly<Record<string, number | readonly number[] | { f: number }>>;

/** Our axes [batch, height, width, channels] in the order of ONNX's operations. */
const TO_ONNX = [0, 3, 1, 2] as const;
const FROM_ONNX = [0, 2, 3, 1] as const;

/**
 * The place that an axis has in ONNX, where images are [batch, channels, height, width].
 *
 * @param axis Our axis; negative ones count from the end.
 * @param rank Rank of the tensor.
 * @returns The axis.
 */
export function onnxAxis(axis: number, rank: number): number {
  const counted = axis < 0 ? axis + rank : axis;
  return rank === 4 ? FROM_ONNX[counted] : counted;
}

/**
 * What is given for each of our axes, in the order of ONNX's.
 *
 * @param items One for each axis.
 * @returns The same items.
 */
export function onnxOrder<T>(items: readonly T[]): T[] {
  return items.length === 4 ? TO_ONNX.map((axis) => items[axis]) : [...items];
}

/** Collects nodes and constants. Every value of rank 4 is kept with its channels in front. */
export class OnnxBuilder {
  /** The nodes so far, as messages. */
  readonly nodes: Message[] = [];
  /** The constants so far, as messages. */
  readonly initializers: Message[] = [];
  readonly #names = new Map<Value, string>();
  readonly #natural = new Map<string, string>();

  /** Gives a value the name that a node has given it. */
  name(value: Value, name: string): void {
    this.#names.set(value, name);
  }

  /** Adds a node and returns the names of its outputs. */
  node(
    opType: string,
    input: readonly string[],
    attributes: Attributes = {},
    outputs = 1,
  ): string[] {
    const name = `${opType}_${this.nodes.length}`;
    const output = outputs === 1
      ? [name]
      : Array.from({ length: outputs }, (_, index) => `${name}_${index}`);
    const attribute = Object.entries(attributes).map(([name, value]) =>
      typeof value === "number"
        ? { name, i: value, type: ATTRIBUTE_TYPE.i }
        : "f" in value
        ? { name, f: value.f, type: ATTRIBUTE_TYPE.f }
        : { name, ints: value, type: ATTRIBUTE_TYPE.ints }
    );
    this.nodes.push({ input, output, name, opType, attribute });
    return output;
  }

  /** Adds a constant and returns its name. */
  constant(shape: readonly number[], dtype: string, values: Constant | BigInt64Array): string {
    const name = `constant_${this.initializers.length}`;
    const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.initializers.push({ dims: shape, dataType: DATA_TYPE[dtype], name, rawData });
    return name;
  }

  /** Adds a list of sizes or axes. */
  integers(values: readonly number[]): string {
    return this.constant([values.length], "int64", BigInt64Array.from(values, BigInt));
  }

  /** The name of a value with channels in front, if it has images. */
  input(value: Value): string {
    const known = this.#names.get(value);
    if (known !== undefined) return known;
    const { shape, values } = value.shape.length === 4
      ? transposed(value, TO_ONNX)
      : { shape: sizes(value), values: value.constant! };
    const name = this.constant(shape, value.dtype, values);
    this.#names.set(value, name);
    return name;
  }

  /** The name of an operand that meets one of some rank: missing axes are in front of its own, as we broadcast. */
  operand(value: Value, rank: number): string {
    const missing = rank - value.shape.length;
    if (rank !== 4 || missing === 0 || value.shape.length === 0) return this.input(value);
    const shape = [...Array<number>(missing).fill(1), ...value.shape];
    if (value.constant) return this.input({ ...value, shape });
    const axes = this.integers(Array.from({ length: missing }, (_, axis) => axis));
    const [wide] = this.node("Unsqueeze", [this.input(value), axes]);
    return this.#transpose(wide, TO_ONNX);
  }

  /** The name of a value in our order of axes. */
  natural(value: Value): string {
    if (value.shape.length !== 4) return this.input(value);
    if (value.constant) return this.constant(sizes(value), value.dtype, value.constant);
    const name = this.input(value);
    if (!this.#natural.has(name)) this.#natural.set(name, this.#transpose(name, FROM_ONNX));
    return this.#natural.get(name)!;
  }

  /** Gives a value the name that a node has given it in our order of axes. */
  nameNatural(value: Value, name: string): void {
    this.name(value, value.shape.length === 4 ? this.#transpose(name, TO_ONNX) : name);
  }

  #transpose(name: string, perm: readonly number[]): string {
    return this.node("Transpose", [name], { perm })[0];
  }
}

/** Sizes of a constant. */
function sizes({ shape }: Value): number[] {
  return shape as readonly Extent[] as number[];
}

/**
 * A constant with its axes in another order.
 *
 * @param value A constant.
 * @param order For each new axis the old one.
 * @returns Its new shape and elements.
 */
export function transposed(
  value: Value,
  order: readonly number[],
): { shape: number[]; values: Constant } {
  const old = sizes(value), shape = order.map((axis) => old[axis]);
  const strides = old.map((_, axis) => old.slice(axis + 1).reduce((product, n) => product * n, 1));
  const steps = order.map((axis) => strides[axis]);
  const source = value.constant!, values = source.slice();
  const place = shape.map(() => 0);
  for (let to = 0, from = 0; to < values.length; to++) {
    values[to] = source[from];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += steps[axis];
      if (++place[axis] < shape[axis]) break;
      from -= steps[axis] * shape[axis];
      place[axis] = 0;
    }
  }
  return { shape, values };
}

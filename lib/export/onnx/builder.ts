/**
 * Builds ONNX graphs, with their order of axes.
 *
 * @module
 */
import type { Constant, Extent, Value } from "../../engine/graph/graph.ts";
import type { Message } from "../../core/protobuf.ts";
import { ATTRIBUTE_TYPE, DATA_TYPE } from "./schema.ts";

/** Attributes of a node: an integer, a list of integers, or a float as `{ f }`. */
export type Attributes = Readonly<Record<string, number | readonly number[] | { f: number }>>;

/** Permutation from our axes [batch, height, width, channels] to ONNX's [batch, channels, height, width]. */
const TO_ONNX = [0, 3, 1, 2] as const;
const FROM_ONNX = [0, 2, 3, 1] as const;

/**
 * Returns the ONNX position of an axis; images in ONNX are [batch, channels, height, width].
 *
 * @param axis Our axis; a negative one counts from the end.
 * @param rank Rank of the tensor.
 * @returns The axis in ONNX.
 */
export function onnxAxis(axis: number, rank: number): number {
  const counted = axis < 0 ? axis + rank : axis;
  return rank === 4 ? FROM_ONNX[counted] : counted;
}

/**
 * Permutes one item per axis from our order of axes to ONNX's.
 *
 * @param items One item per axis.
 * @returns The permuted items.
 */
export function onnxOrder<T>(items: readonly T[]): T[] {
  return items.length === 4 ? TO_ONNX.map((axis) => items[axis]) : [...items];
}

/** Collects nodes and constants. Values of rank 4 are kept channels-first. */
export class OnnxBuilder {
  /** Nodes added so far, as messages. */
  readonly nodes: Message[] = [];
  /** Constants added so far, as messages. */
  readonly initializers: Message[] = [];
  readonly #names = new Map<Value, string>();
  readonly #natural = new Map<string, string>();

  /** Registers the name of a value, as given by a node. */
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

  /** Returns the name of a value, channels-first if of rank 4. Adds it if it is a constant not seen yet. */
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

  /** Returns the name of an operand, expanded by leading axes to a rank, as in our broadcasting. */
  operand(value: Value, rank: number): string {
    const missing = rank - value.shape.length;
    if (rank !== 4 || missing === 0 || value.shape.length === 0) return this.input(value);
    const shape = [...Array<number>(missing).fill(1), ...value.shape];
    if (value.constant) return this.input({ ...value, shape });
    const axes = this.integers(Array.from({ length: missing }, (_, axis) => axis));
    const [wide] = this.node("Unsqueeze", [this.input(value), axes]);
    return this.#transpose(wide, TO_ONNX);
  }

  /** Returns the name of a value in our order of axes. */
  natural(value: Value): string {
    if (value.shape.length !== 4) return this.input(value);
    if (value.constant) return this.constant(sizes(value), value.dtype, value.constant);
    const name = this.input(value);
    if (!this.#natural.has(name)) this.#natural.set(name, this.#transpose(name, FROM_ONNX));
    return this.#natural.get(name)!;
  }

  /** Registers the name of a value that a node has computed in our order of axes. */
  nameNatural(value: Value, name: string): void {
    this.name(value, value.shape.length === 4 ? this.#transpose(name, TO_ONNX) : name);
  }

  #transpose(name: string, perm: readonly number[]): string {
    return this.node("Transpose", [name], { perm })[0];
  }
}

/** Returns the shape of a constant, which has no free extents. */
function sizes({ shape }: Value): number[] {
  return shape as readonly Extent[] as number[];
}

/**
 * Permutes the axes of a constant.
 *
 * @param value A constant.
 * @param order Old axis for each new axis.
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

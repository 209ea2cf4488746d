/**
 * Writing a StableHLO module, operation by operation.
 *
 * StableHLO (https://openxla.org/stablehlo/spec) is what every PJRT plugin compiles. Its operations do not broadcast, so
 * operands of other shapes are broadcast explicitly.
 *
 * @module
 */
import { literal } from "./literal.ts";
import { list, region, type Sides, type Window, windowText } from "./text.ts";
import { bare, comparisonOf, type Element, type Type, typeText, type Value } from "./value.ts";

/** How products and convolutions are computed. */
export interface Arithmetic {
  /** Whether their operands are rounded to bfloat16; sums are float32. */
  readonly bfloat16: boolean;
  /** Whether a device may round float32 operands to TF32, which has bfloat16's exponent and float16's mantissa. */
  readonly tf32: boolean;
}

/** Operations of two operands of the same type. */
export type Binary =
  | "add"
  | "subtract"
  | "multiply"
  | "divide"
  | "maximum"
  | "minimum"
  | "power"
  | "remainder"
  | "atan2"
  | "and"
  | "or"
  | "xor"
  | "shift_left"
  | "shift_right_logical";

/** Comparisons. */
export type Direction = "EQ" | "NE" | "LT" | "LE" | "GT" | "GE";

/** A module under construction. */
export class Builder {
  /** How products and convolutions are computed. */
  readonly arithmetic: Arithmetic;
  /** Number of devices that run the module together. */
  readonly devices: number;
  #lines: string[] = [];
  #constants = new Map<string, Value>();
  #names = 0;

  /**
   * @param arithmetic How products and convolutions are computed.
   * @param devices Number of devices that run the module together.
   */
  constructor(arithmetic: Arithmetic, devices = 1) {
    this.arithmetic = arithmetic;
    this.devices = devices;
  }

  /** The operations so far. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /**
   * Adds an operation with one result.
   *
   * @param text The operation and its operands, without the result.
   * @param type Type of the result.
   * @returns The result.
   */
  emit(text: string, type: Type): Value {
    const name = this.#name();
    this.#lines.push(`${name} = ${text}`);
    return { ...type, name };
  }

  /** Collects the operations that a function adds, for a region of another operation. */
  region(add: () => Value): { lines: readonly string[]; result: Value } {
    const [lines, constants] = [this.#lines, this.#constants];
    [this.#lines, this.#constants] = [[], new Map()];
    try {
      return { result: add(), lines: this.#lines };
    } finally {
      [this.#lines, this.#constants] = [lines, constants];
    }
  }

  /** Adds an operation with several results. */
  emitMany(text: string, types: readonly Type[]): Value[] {
    const name = this.#name();
    this.#lines.push(`${name}:${types.length} = ${text}`);
    return types.map((type, i) => ({ ...type, name: `${name}#${i}` }));
  }

  #name(): string {
    return `%${this.#names++}`;
  }

  /** A constant; constants of the same elements are one value. */
  constant(values: ArrayLike<number>, type: Type): Value {
    const text = literal(values, type);
    let found = this.#constants.get(text);
    if (!found) {
      found = { ...this.emit(`stablehlo.constant ${text}`, type), constant: values };
      this.#constants.set(text, found);
    }
    return found;
  }

  /** A scalar constant. */
  scalar(value: number, element: Element): Value {
    return this.constant([value], { shape: [], element });
  }

  /** A number repeated in the shape and type of a value. */
  like(value: number, { shape, element }: Type): Value {
    return this.broadcast(this.scalar(value, element), shape);
  }

  /** Applies a function of one operand elementwise, for instance `exponential`. */
  unary(operation: string, x: Value): Value {
    return this.emit(`stablehlo.${operation} ${x.name} : ${typeText(x)}`, bare(x));
  }

  /** Applies a function of two operands of the same type elementwise. */
  binary(operation: Binary, x: Value, y: Value): Value {
    return this.emit(`stablehlo.${operation} ${x.name}, ${y.name} : ${typeText(x)}`, bare(x));
  }

  /** Compares two operands of the same type elementwise. */
  compare(direction: Direction, x: Value, y: Value): Value {
    const type = { shape: x.shape, element: "i1" } as const;
    const types = `(${typeText(x)}, ${typeText(y)}) -> ${typeText(type)}`;
    return this.emit(
      `stablehlo.compare ${direction}, ${x.name}, ${y.name}, ${comparisonOf(x.element)} : ${types}`,
      type,
    );
  }

  /** Selects elementwise; all three of the same shape. */
  select(condition: Value, x: Value, y: Value): Value {
    return this.emit(
      `stablehlo.select ${condition.name}, ${x.name}, ${y.name} : ${typeText(condition)}, ${
        typeText(x)
      }`,
      bare(x),
    );
  }

  /** Converts the elements to another type. */
  convert(x: Value, element: Element): Value {
    return x.element === element
      ? x
      : this.#map(`stablehlo.convert ${x.name}`, x, { ...x, element });
  }

  /** Reads the bits of the elements as another type of the same size. */
  bitcast(x: Value, element: Element): Value {
    return this.#map(`stablehlo.bitcast_convert ${x.name}`, x, { ...x, element });
  }

  /** Changes the shape, keeping the elements in row-major order. */
  reshape(x: Value, shape: readonly number[]): Value {
    if (String(x.shape) === String(shape)) return x;
    const reshaped = this.#map(`stablehlo.reshape ${x.name}`, x, { ...x, shape });
    return x.constant ? { ...reshaped, constant: x.constant } : reshaped;
  }

  /** Repeats along new or singular axes as NumPy does, or along those not among `axes`. */
  broadcast(x: Value, shape: readonly number[], axes?: readonly number[]): Value {
    if (!axes && String(x.shape) === String(shape)) return x;
    const places = axes ?? x.shape.map((_, axis) => axis + shape.length - x.shape.length);
    return this.#map(
      `stablehlo.broadcast_in_dim ${x.name}, dims = ${list(places)}`,
      x,
      { ...x, shape },
    );
  }

  /** Permutes the axes. */
  transpose(x: Value, order: readonly number[]): Value {
    if (order.every((axis, i) => axis === i)) return x;
    const shape = order.map((axis) => x.shape[axis]);
    return this.#map(`stablehlo.transpose ${x.name}, dims = ${list(order)}`, x, { ...x, shape });
  }

  /** Reverses axes. */
  reverse(x: Value, axes: readonly number[]): Value {
    return this.emit(`stablehlo.reverse ${x.name}, dims = ${list(axes)} : ${typeText(x)}`, bare(x));
  }

  /** Takes a range of every axis. */
  slice(
    x: Value,
    begin: readonly number[],
    end: readonly number[],
    strides: readonly number[] = x.shape.map(() => 1),
  ): Value {
    const ranges = begin.map((start, axis) => `${start}:${end[axis]}:${strides[axis]}`);
    const shape = begin.map((start, axis) => Math.ceil((end[axis] - start) / strides[axis]));
    return this.#map(`stablehlo.slice ${x.name} [${ranges.join(", ")}]`, x, { ...x, shape });
  }

  /** Pads every axis with a scalar, and puts `interior` of them between any two elements. */
  pad(
    x: Value,
    padding: readonly Sides[],
    value: Value,
    interior: readonly number[] = padding.map(() => 0),
  ): Value {
    const shape = x.shape.map((length, axis) =>
      length + padding[axis][0] + padding[axis][1] + Math.max(0, length - 1) * interior[axis]
    );
    const type = { ...bare(x), shape };
    const low = list(padding.map(([before]) => before));
    const high = list(padding.map(([, after]) => after));
    return this.emit(
      `stablehlo.pad ${x.name}, ${value.name}, low = ${low}, high = ${high}, ` +
        `interior = ${list(interior)} : ` +
        `(${typeText(x)}, ${typeText(value)}) -> ${typeText(type)}`,
      type,
    );
  }

  /** Joins values along an axis. */
  concatenate(values: readonly Value[], axis: number): Value {
    if (values.length === 1) return values[0];
    const shape = values[0].shape.slice();
    shape[axis] = values.reduce((sum, value) => sum + value.shape[axis], 0);
    const type = { ...bare(values[0]), shape };
    return this.emit(
      `stablehlo.concatenate ${values.map(({ name }) => name).join(", ")}, dim = ${axis} : ` +
        `(${values.map(typeText).join(", ")}) -> ${typeText(type)}`,
      type,
    );
  }

  /** Numbers along an axis, from 0. */
  iota(shape: readonly number[], axis: number, element: Element): Value {
    const type = { shape, element };
    return this.emit(`stablehlo.iota dim = ${axis} : ${typeText(type)}`, type);
  }

  /** Reduces axes with an operation whose neutral element is `start`. */
  reduce(operation: Binary, x: Value, axes: readonly number[], start: number): Value {
    if (axes.length === 0) return x;
    const shape = x.shape.filter((_, axis) => !axes.includes(axis));
    const type = { ...bare(x), shape }, init = this.scalar(start, x.element);
    return this.emit(
      `stablehlo.reduce(${x.name} init: ${init.name}) applies stablehlo.${operation} ` +
        `across dimensions = ${list(axes)} : ` +
        `(${typeText(x)}, ${typeText(init)}) -> ${typeText(type)}`,
      type,
    );
  }

  /** Reduces every window with an operation whose neutral element is `start`. */
  reduceWindow(operation: Binary, x: Value, window: Window, start: number): Value {
    const shape = x.shape.map((length, axis) => {
      const [before, after] = window.padding[axis];
      return Math.floor((length + before + after - window.size[axis]) / window.strides[axis]) + 1;
    });
    const type = { ...bare(x), shape }, init = this.scalar(start, x.element);
    return this.emit(
      `"stablehlo.reduce_window"(${x.name}, ${init.name}) <{${windowText(window)}}> ` +
        `({${region(init, `stablehlo.${operation} %a, %b : ${typeText(init)}`)}}) : ` +
        `(${typeText(x)}, ${typeText(init)}) -> ${typeText(type)}`,
      type,
    );
  }

  /** Adds an operation of one operand whose result has another type. */
  #map(text: string, x: Value, type: Type): Value {
    const to = { shape: type.shape, element: type.element };
    return this.emit(`${text} : (${typeText(x)}) -> ${typeText(to)}`, to);
  }
}

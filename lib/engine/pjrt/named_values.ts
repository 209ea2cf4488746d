/**
 * Lists of named values, in which plugins take options and describe themselves.
 *
 * @module
 */
import { addressOf, copyOf } from "./structure.ts";

/** A named value. */
export type NamedValue = string | number | boolean | readonly number[];

/** Size of a `PJRT_NamedValue` in bytes. */
const SIZE = 56;

/** Types of values. */
const TYPE = { string: 0, int: 1, ints: 2, float: 3, bool: 4 } as const;

/** A list in memory. */
export interface NamedValueList {
  /** The list. */
  readonly list: Uint8Array<ArrayBuffer>;
  /** Number of its entries. */
  readonly count: number;
  /** What the list points to; keep a reference while the list is used. */
  readonly kept: readonly Uint8Array<ArrayBuffer>[];
}

/**
 * Writes a list of named values.
 *
 * @param values Values by name; a whole number is written as int64, another as float.
 * @returns The list.
 */
export function writeNamedValues(values: Readonly<Record<string, NamedValue>>): NamedValueList {
  const entries = Object.entries(values);
  const list = new Uint8Array(SIZE * entries.length), view = new DataView(list.buffer);
  const kept: Uint8Array<ArrayBuffer>[] = [];
  const pointTo = (at: number, bytes: Uint8Array<ArrayBuffer>) => {
    kept.push(bytes);
    view.setBigUint64(at, addressOf(bytes), true);
  };
  for (const [i, [name, value]] of entries.entries()) {
    const at = SIZE * i, key = new TextEncoder().encode(name);
    view.setBigUint64(at, BigInt(SIZE), true);
    pointTo(at + 16, key);
    view.setBigUint64(at + 24, BigInt(key.length), true);
    let type: number, size = 1;
    if (typeof value === "string") {
      const bytes = new TextEncoder().encode(value);
      [type, size] = [TYPE.string, bytes.length];
      pointTo(at + 40, bytes);
    } else if (typeof value === "boolean") {
      type = TYPE.bool;
      view.setUint8(at + 40, Number(value));
    } else if (typeof value === "object") {
      [type, size] = [TYPE.ints, value.length];
      pointTo(at + 40, new Uint8Array(BigInt64Array.from(value, BigInt).buffer));
    } else if (Number.isInteger(value)) {
      type = TYPE.int;
      view.setBigInt64(at + 40, BigInt(value), true);
    } else {
      type = TYPE.float;
      view.setFloat32(at + 40, value, true);
    }
    view.setInt32(at + 32, type, true);
    view.setBigUint64(at + 48, BigInt(size), true);
  }
  return { list, count: entries.length, kept };
}

/**
 * Reads a list of named values.
 *
 * @param start Start of the list in memory.
 * @param count Number of its entries.
 * @returns Values by name.
 */
export function readNamedValues(
  start: Deno.PointerValue,
  count: number,
): Record<string, NamedValue> {
  const found: Record<string, NamedValue> = {};
  for (let i = 0; i < count; i++) {
    const view = new Deno.UnsafePointerView(Deno.UnsafePointer.offset(start!, i * SIZE)!);
    const text = (at: number, length: number) =>
      new TextDecoder().decode(copyOf(view.getPointer(at), length));
    const name = text(16, Number(view.getBigUint64(24)));
    const size = Number(view.getBigUint64(48));
    switch (view.getInt32(32)) {
      case TYPE.string:
        found[name] = text(40, size);
        break;
      case TYPE.int:
        found[name] = Number(view.getBigInt64(40));
        break;
      case TYPE.ints:
        found[name] = Array.from(
          new BigInt64Array(copyOf(view.getPointer(40), 8 * size).buffer),
          Number,
        );
        break;
      case TYPE.float:
        found[name] = view.getFloat32(40);
        break;
      case TYPE.bool:
        found[name] = view.getBool(40);
    }
  }
  return found;
}

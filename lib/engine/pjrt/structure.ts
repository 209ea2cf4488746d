/**
 * The argument structures of the PJRT C API.
 *
 * @module
 */

/**
 * Size that every structure states, above that of all structures known. Fields are only ever appended: an older plugin
 * reads the fields that it knows, a newer one finds zeros, the default of every field.
 */
const SIZE = 256;

/** Value of a field: a number, a pointer, or the bytes that it points to. */
export type Field = number | bigint | Deno.PointerValue | ArrayBufferView<ArrayBuffer> | Structure;

/** A structure whose first word is its size and whose second is its list of extensions. */
export class Structure {
  /** Contents in memory. */
  readonly bytes: Uint8Array<ArrayBuffer> = new Uint8Array(SIZE);
  readonly #view = new DataView(this.bytes.buffer);
  /** What the fields point to, which must not be collected during the call. */
  readonly #kept: Field[] = [];

  /**
   * @param fields Values by offset in bytes; the others are zero.
   * @param size Size to state, for structures that a plugin expects in exactly this size.
   */
  constructor(fields: Readonly<Record<number, Field>> = {}, size: number = SIZE) {
    this.#view.setBigUint64(0, BigInt(size), true);
    for (const [offset, value] of Object.entries(fields)) {
      this.#kept.push(value);
      this.#view.setBigUint64(Number(offset), BigInt.asUintN(64, wordOf(value)), true);
    }
  }

  /** Returns a number. */
  number(offset: number): number {
    return Number(this.#view.getBigInt64(offset, true));
  }

  /** Returns a number of 32 bits. */
  int(offset: number): number {
    return this.#view.getInt32(offset, true);
  }

  /** Returns a flag. */
  flag(offset: number): boolean {
    return this.#view.getUint8(offset) !== 0;
  }

  /** Returns a pointer. */
  pointer(offset: number): Deno.PointerValue {
    return Deno.UnsafePointer.create(this.#view.getBigUint64(offset, true));
  }

  /** Returns a text, given by its start and, in the next word, its length. */
  text(offset: number): string {
    return new TextDecoder().decode(this.bytesAt(offset));
  }

  /** Copies the bytes given by their start and, in the next word, their number. */
  bytesAt(offset: number): Uint8Array<ArrayBuffer> {
    return copyOf(this.pointer(offset), this.number(offset + 8));
  }

  /** Returns the pointers of a list, given by its start and, in the next word, its length. */
  pointers(offset: number): Deno.PointerObject[] {
    const bytes = copyOf(this.pointer(offset), 8 * this.number(offset + 8));
    return Array.from(new BigUint64Array(bytes.buffer), (word) => Deno.UnsafePointer.create(word)!);
  }
}

/**
 * Copies memory.
 *
 * @param start Its start.
 * @param length Number of bytes.
 * @returns The bytes.
 */
export function copyOf(start: Deno.PointerValue, length: number): Uint8Array<ArrayBuffer> {
  if (length === 0 || start === null) return new Uint8Array(0);
  return new Uint8Array(Deno.UnsafePointerView.getArrayBuffer(start, length).slice(0));
}

/** Returns the address of a pointer, or of the bytes of a view; 0 for nothing. */
export function addressOf(value: Deno.PointerValue | ArrayBufferView<ArrayBuffer>): bigint {
  if (value === null) return 0n;
  if (!ArrayBuffer.isView(value)) return Deno.UnsafePointer.value(value);
  return value.byteLength === 0
    ? 0n
    : Deno.UnsafePointer.value(Deno.UnsafePointer.of(value as Uint8Array<ArrayBuffer>));
}

function wordOf(value: Field): bigint {
  if (typeof value === "bigint") return value;
  if (typeof value === "number") return BigInt(value);
  return addressOf(value instanceof Structure ? value.bytes : value);
}

/**
 * What a safetensors file is made of: the header's length (64 bits, little endian), the header (JSON),
 * the tensors' bytes one after the other.
 *
 * @module
 */

/** Bytes of one element of each type that is read and written. */
export const BYTES = {
  BOOL: 1,
  U8: 1,
  I8: 1,
  F16: 2,
  BF16: 2,
  I32: 4,
  F32: 4,
  I64: 8,
  F64: 8,
} as const;

/** Type of a tensor in a file. */
export type SafetensorsType = keyof typeof BYTES;

/** One tensor of a file. */
export interface SafetensorsTensor {
  /** Type of its elements. */
  readonly type: SafetensorsType;
  /** Its shape. */
  readonly shape: readonly number[];
  /** Its elements in row-major order, little endian. */
  readonly bytes: Uint8Array;
}

/** What a file holds. */
export interface SafetensorsFile {
  /** Tensors by name. */
  readonly tensors: ReadonlyMap<string, SafetensorsTensor>;
  /** Texts by name. */
  readonly metadata: ReadonlyMap<string, string>;
}

/** Longest header that is read or written, in bytes. */
export const LONGEST_HEADER = 25_000_000;

/** Name in the header that stands for the metadata instead of a tensor. */
export const METADATA = "__metadata__";

/**
 * Number of bytes of a tensor.
 *
 * @param type Type of its elements.
 * @param shape Its shape.
 * @returns Bytes; not a safe integer where the shape is absurdly large.
 */
export function byteLength(type: SafetensorsType, shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, BYTES[type]);
}

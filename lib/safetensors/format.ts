/**
 * The safetensors file format: the length of the header (64 bits, little endian), the header (JSON), and the
 * concatenated bytes of the tensors.
 *
 * @module
 */

/** Element size in bytes of each supported type. */
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

/** Element type of a tensor. */
export type SafetensorsType = keyof typeof BYTES;

/** A tensor in a file. */
export interface SafetensorsTensor {
  /** Type of its elements. */
  readonly type: SafetensorsType;
  /** Shape of the tensor. */
  readonly shape: readonly number[];
  /** Its elements in row-major order, little endian. */
  readonly bytes: Uint8Array;
}

/** Content of a file. */
export interface SafetensorsFile {
  /** Tensors by name. */
  readonly tensors: ReadonlyMap<string, SafetensorsTensor>;
  /** Metadata strings by name. */
  readonly metadata: ReadonlyMap<string, string>;
}

/** Upper bound of the header length, in bytes. */
export const LONGEST_HEADER = 25_000_000;

/** Reserved name of the metadata in the header. */
export const METADATA = "__metadata__";

/**
 * Computes the size of a tensor in bytes.
 *
 * @param type Type of its elements.
 * @param shape Shape of the tensor.
 * @returns Number of bytes; not a safe integer for an excessively large shape.
 */
export function byteLength(type: SafetensorsType, shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, BYTES[type]);
}

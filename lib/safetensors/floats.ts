/**
 * Conversion of floating-point tensors to float32.
 *
 * @module
 */
import type { SafetensorsTensor, SafetensorsType } from "./format.ts";

/** Converts bytes, aligned to the element size, to float32. */
const READERS: Partial<Record<SafetensorsType, (bytes: ArrayBuffer) => Float32Array>> = {
  F64: (bytes) => Float32Array.from(new Float64Array(bytes)),
  F32: (bytes) => new Float32Array(bytes),
  F16: (bytes) => Float32Array.from(new Float16Array(bytes)),
  // bfloat16 is the upper half of a float32.
  BF16: (bytes) =>
    new Float32Array(Uint32Array.from(new Uint16Array(bytes), (half) => half << 16).buffer),
};

/**
 * Converts the elements of a tensor to float32.
 *
 * @param tensor The tensor.
 * @returns Its elements, or `undefined` if they are not floating-point numbers.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = new Uint8Array(Uint16Array.of(0x3f80, 0xc000).buffer);
 * assertEquals([...floats({ type: "BF16", shape: [2], bytes })!], [1, -2]);
 * ```
 */
export function floats({ type, bytes }: SafetensorsTensor): Float32Array | undefined {
  return READERS[type]?.(bytes.slice().buffer);
}

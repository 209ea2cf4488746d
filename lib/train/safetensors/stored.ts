/**
 * Tensors as safetensors files store them.
 *
 * @module
 */
import type { tf } from "../../deps/tfjs.ts";
import type { SafetensorsTensor, SafetensorsType } from "./format.ts";

const TYPES: Readonly<Record<string, SafetensorsType>> = {
  float32: "F32",
  int32: "I32",
  bool: "BOOL",
};

/**
 * Reads a tensor's values.
 *
 * @param name What an error calls it.
 * @param tensor The tensor; it stays the caller's.
 * @returns Its type, shape and bytes.
 * @throws {TypeError} If it is neither float32, int32 nor bool.
 */
export async function stored(name: string, tensor: tf.Tensor): Promise<SafetensorsTensor> {
  const type = TYPES[tensor.dtype];
  if (!type) {
    throw new TypeError(
      `Expected ${name} to be float32, int32 or bool but found ${tensor.dtype}`,
    );
  }
  const { buffer, byteOffset, byteLength } = await tensor.data();
  return { type, shape: tensor.shape, bytes: new Uint8Array(buffer, byteOffset, byteLength) };
}

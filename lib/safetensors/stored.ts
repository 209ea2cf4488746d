/**
 * Conversion of tensors to safetensors.
 *
 * @module
 */
import type { tf } from "../deps/tfjs.ts";
import type { SafetensorsTensor, SafetensorsType } from "./format.ts";

const TYPES: Readonly<Record<string, SafetensorsType>> = {
  float32: "F32",
  int32: "I32",
  bool: "BOOL",
};

/**
 * Converts a tensor to its safetensors form.
 *
 * @param name Name of the tensor in error messages.
 * @param tensor The tensor; the caller keeps ownership.
 * @returns Its type, shape and bytes.
 * @throws {TypeError} If it is not float32, int32 or bool.
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

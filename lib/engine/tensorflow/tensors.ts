/**
 * Copying values between JavaScript and TensorFlow's tensors.
 *
 * @module
 */
import { EngineError } from "../../core/errors.ts";
import { DTYPE, dtypeName, widthOf } from "./dtypes.ts";
import type { Library } from "./library.ts";
import { elementsOf } from "../../core/shape.ts";

/** Values of a tensor as passed by TensorFlow.js. */
export type Values = ArrayBufferView | ArrayLike<number> | readonly Uint8Array[];

/** Size of a `TF_TString` in bytes. */
const STRING_SIZE = 24;

/**
 * Copies values into a new `TF_Tensor`.
 *
 * @param library The loaded library.
 * @param shape Shape of the tensor.
 * @param dtype TensorFlow's data type code.
 * @param values One value per element of the shape; byte arrays for strings.
 * @returns The tensor; delete it with `TF_DeleteTensor`.
 * @throws {RangeError} If TensorFlow cannot represent the shape, or the values do not fit it.
 * @throws {EngineError} If there is no memory for it.
 */
export function newTensor(
  library: Library,
  shape: readonly number[],
  dtype: number,
  values: Values,
): Deno.PointerValue {
  if (dtype === DTYPE.string) return newStrings(library, shape, values as readonly Uint8Array[]);
  const bytes = bytesOf(dtype, values);
  const tensor = allocated(library, shape, dtype, bytes.length, widthOf(dtype));
  if (bytes.length > 0) {
    const data = library.framework.TF_TensorData(tensor)!;
    new Uint8Array(Deno.UnsafePointerView.getArrayBuffer(data, bytes.length)).set(bytes);
  }
  return tensor;
}

/** Allocates a tensor of exactly as many bytes as its shape needs: TensorFlow trusts the length it is given. */
function allocated(
  { framework }: Library,
  shape: readonly number[],
  dtype: number,
  bytes: number,
  width: number,
): Deno.PointerValue {
  const elements = elementsOf(shape);
  if (elements * width !== bytes) {
    throw new RangeError(
      `Expected ${elements} values for a ${
        dtypeName(dtype)
      } tensor of shape [${shape}] but found ` +
        `${bytes / width}`,
    );
  }
  const dims = BigInt64Array.from(shape, BigInt);
  const tensor = framework.TF_AllocateTensor(dtype, dims, dims.length, BigInt(bytes));
  if (tensor === null) {
    throw new EngineError(
      `Expected memory for a ${dtypeName(dtype)} tensor of shape [${shape}] but there is none`,
    );
  }
  return tensor;
}

function newStrings(
  library: Library,
  shape: readonly number[],
  strings: readonly Uint8Array[],
): Deno.PointerValue {
  const { framework, core } = library;
  const size = strings.length * STRING_SIZE;
  const tensor = allocated(library, shape, DTYPE.string, size, STRING_SIZE);
  const data = framework.TF_TensorData(tensor);
  strings.forEach((value, i) => {
    const place = Deno.UnsafePointer.offset(data!, i * STRING_SIZE);
    const bytes = Uint8Array.from(value);
    core.TF_StringInit(place);
    core.TF_StringCopy(place, bytes, BigInt(bytes.length));
  });
  return tensor;
}

function bytesOf(dtype: number, values: Values): Uint8Array {
  if (ArrayBuffer.isView(values)) {
    return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  }
  const numbers = values as ArrayLike<number>;
  switch (dtype) {
    case DTYPE.float32:
    case DTYPE.complex64:
      return new Uint8Array(Float32Array.from(numbers).buffer);
    case DTYPE.int32:
      return new Uint8Array(Int32Array.from(numbers).buffer);
    case DTYPE.bool:
    case DTYPE.uint8:
      return Uint8Array.from(numbers);
    default:
      throw new TypeError(
        `Expected typed values for a ${dtypeName(dtype)} tensor but found a plain array`,
      );
  }
}

/**
 * Copies the values out of a `TF_Tensor`.
 *
 * @param library The loaded library.
 * @param tensor The tensor.
 * @param dtype TensorFlow's data type code.
 * @param size Number of values.
 * @returns A typed array; bfloat16 is converted to float32; strings are byte arrays.
 */
export function readTensor(
  { framework, core }: Library,
  tensor: Deno.PointerValue,
  dtype: number,
  size: number,
): Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array | Uint8Array[] {
  const data = framework.TF_TensorData(tensor);
  if (dtype === DTYPE.string) {
    return Array.from({ length: size }, (_, i) => {
      const place = Deno.UnsafePointer.offset(data!, i * STRING_SIZE);
      const length = Number(core.TF_StringGetSize(place));
      if (length === 0) return new Uint8Array(0);
      const start = core.TF_StringGetDataPointer(place)!;
      return new Uint8Array(Deno.UnsafePointerView.getArrayBuffer(start, length).slice(0));
    });
  }
  const length = Number(framework.TF_TensorByteSize(tensor));
  const bytes = length === 0
    ? new ArrayBuffer(0)
    : Deno.UnsafePointerView.getArrayBuffer(data!, length).slice(0);
  switch (dtype) {
    case DTYPE.float32:
    case DTYPE.complex64:
      return new Float32Array(bytes);
    case DTYPE.float64:
      return new Float64Array(bytes);
    case DTYPE.int32:
      return new Int32Array(bytes);
    case DTYPE.int64:
      return new BigInt64Array(bytes);
    case DTYPE.bfloat16:
      return new Float32Array(
        Uint32Array.from(new Uint16Array(bytes), (half) => half << 16).buffer,
      );
    default:
      return new Uint8Array(bytes);
  }
}

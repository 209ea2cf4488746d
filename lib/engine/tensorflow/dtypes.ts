/**
 * TensorFlow's data type codes (`tensorflow/core/framework/types.proto`).
 *
 * @module
 */

/** Data type codes by name. */
export const DTYPE = {
  float32: 1,
  float64: 2,
  int32: 3,
  uint8: 4,
  int16: 5,
  int8: 6,
  string: 7,
  complex64: 8,
  int64: 9,
  bool: 10,
  bfloat16: 14,
  uint16: 17,
  float16: 19,
  resource: 20,
  variant: 21,
  uint32: 22,
  uint64: 23,
} as const;

/** Name of a data type. */
export type DtypeName = keyof typeof DTYPE;

/** Size of an element in bytes, of the data types whose values are passed from JavaScript. */
const WIDTHS: ReadonlyMap<number, number> = new Map([
  [DTYPE.float32, 4],
  [DTYPE.float64, 8],
  [DTYPE.int32, 4],
  [DTYPE.uint8, 1],
  [DTYPE.complex64, 8],
  [DTYPE.int64, 8],
  [DTYPE.bool, 1],
]);

/**
 * Returns the size of an element.
 *
 * @param dtype TensorFlow's code.
 * @returns Bytes.
 * @throws {TypeError} If values of the type cannot be passed from JavaScript.
 */
export function widthOf(dtype: number): number {
  const width = WIDTHS.get(dtype);
  if (width !== undefined) return width;
  throw new TypeError(
    `Expected values of float32, float64, int32, int64, uint8, complex64 or bool but found ${
      dtypeName(dtype)
    }`,
  );
}

const NAMES = new Map<number, DtypeName>(
  Object.entries(DTYPE).map(([name, code]) => [code, name as DtypeName]),
);

/**
 * Returns the name of a data type.
 *
 * @param code TensorFlow's code.
 * @returns Its name, or for instance `dtype 99` for an unknown code.
 */
export function dtypeName(code: number): string {
  return NAMES.get(code) ?? `dtype ${code}`;
}

/**
 * Returns the code of a data type.
 *
 * @param dtype Name or code.
 * @returns TensorFlow's code.
 * @throws {TypeError} If no data type has that name.
 */
export function dtypeCode(dtype: string | number): number {
  if (typeof dtype === "number") return dtype;
  const code = DTYPE[dtype as DtypeName];
  if (code === undefined) {
    throw new TypeError(
      `Expected a data type, one of ${Object.keys(DTYPE).join(", ")}, but found "${dtype}"`,
    );
  }
  return code;
}

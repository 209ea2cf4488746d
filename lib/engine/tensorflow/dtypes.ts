/**
 * TensorFlow's numbers for data types (`tensorflow/core/framework/types.proto`).
 *
 * @module
 */

/** Data types by name. */
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

const NAMES = new Map<number, DtypeName>(
  Object.entries(DTYPE).map(([name, code]) => [code, name as DtypeName]),
);

/**
 * Name of a data type's number.
 *
 * @param code Number as TensorFlow gives it.
 * @returns Its name, or `dtype 99` for one that is not known here.
 */
export function dtypeName(code: number): string {
  return NAMES.get(code) ?? `dtype ${code}`;
}

/**
 * Number of a data type.
 *
 * @param dtype Its name, or the number itself.
 * @returns TensorFlow's number.
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

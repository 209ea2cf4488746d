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

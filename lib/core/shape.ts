/**
 * Checks of shapes before they reach TensorFlow, which ends the process on some that it cannot represent.
 *
 * @module
 */

/**
 * Most dimensions of a tensor, NumPy's limit. TensorFlow aborts above 254; below half of that no operation on two
 * tensors reaches it.
 */
export const MOST_DIMENSIONS = 64;

/**
 * Checks the rank of a tensor.
 *
 * @param shape Shape of the tensor.
 * @throws {RangeError} If it has more than {@linkcode MOST_DIMENSIONS} dimensions.
 */
export function expectRank(shape: readonly number[]): void {
  if (shape.length <= MOST_DIMENSIONS) return;
  throw new RangeError(
    `Expected a tensor of at most ${MOST_DIMENSIONS} dimensions but found ${shape.length}`,
  );
}

/**
 * Counts the elements of a tensor.
 *
 * The lengths other than 0 must not overflow either: TensorFlow multiplies them in order, before it meets the 0.
 *
 * @param shape Shape of the tensor.
 * @returns Product of the lengths.
 * @throws {RangeError} If there are too many dimensions, a length is not an integer of at least 0, or the product is
 * not a safe integer.
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(elementsOf([2, 0, 3]), 0);
 * assertThrows(() => elementsOf([2 ** 40, 2 ** 40, 0]), RangeError, "1099511627776");
 * ```
 */
export function elementsOf(shape: readonly number[]): number {
  expectRank(shape);
  const lengths = shape.every((length) => Number.isSafeInteger(length) && length >= 0);
  const product = shape.reduce((product, length) => product * Math.max(length, 1), 1);
  if (!lengths || !Number.isSafeInteger(product)) {
    throw new RangeError(
      `Expected a shape of integers of at least 0 and fewer than 2^53 elements but found [${shape}]`,
    );
  }
  return shape.includes(0) ? 0 : product;
}

/**
 * Checks that numbers are a matrix in row-major order.
 *
 * @param values The numbers.
 * @param rows Number of rows.
 * @param columns Number of columns.
 * @param what What the numbers are, for the error message.
 * @throws {RangeError} If there are not as many numbers as that.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * expectMatrix([1, 2], 1, 2, "weights");
 * assertThrows(() => expectMatrix([1, 2], 2, NaN, "weights"), RangeError, "Expected weights [2, NaN]");
 * ```
 */
export function expectMatrix(
  values: ArrayLike<number>,
  rows: number,
  columns: number,
  what: string,
): void {
  const isSize = (size: number) => Number.isSafeInteger(size) && size >= 0;
  if (isSize(rows) && isSize(columns) && values.length === rows * columns) return;
  throw new RangeError(`Expected ${what} [${rows}, ${columns}] but found ${values.length} numbers`);
}

/**
 * Selection of the operations that XLA fuses within a function run by TensorFlow.
 *
 * TensorFlow's own kernels convert bfloat16 numbers one at a time; XLA vectorises the conversion and fuses consecutive
 * operations into one pass over memory. In float32 TensorFlow's kernels are as fast.
 *
 * @module
 */

/** Elementwise operations on activations. */
const POINTWISE: ReadonlySet<string> = new Set([
  "AddV2",
  "Sub",
  "Mul",
  "Maximum",
  "Relu",
  "ReluGrad",
]);

/** Minimum number of elements that repays the 40 ms of compilation. */
const LEAST = 2 ** 17;

/** Whether a tensor is large enough to repay the compilation of a kernel. */
export function isLarge(shape: readonly number[]): boolean {
  return shape.reduce((product, length) => product * length, 1) >= LEAST;
}

/** Attribute that marks an operation for XLA. */
export const FUSED = "_XlaCompile";

/**
 * Whether an operation is to be marked with {@linkcode FUSED}.
 *
 * @param operation TensorFlow's name of it.
 * @param shape Shape of its first input.
 * @returns Whether XLA is faster.
 */
export function isFusible(operation: string, shape: readonly number[]): boolean {
  return POINTWISE.has(operation) && isLarge(shape);
}

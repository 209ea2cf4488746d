/**
 * Which operations XLA makes loops of within a function that TensorFlow runs.
 *
 * TensorFlow's own kernels widen and narrow every bfloat16 number singly; XLA's loops do it by vectors, and go
 * through memory once for operations that follow one another. In float32 TensorFlow's are as fast.
 *
 * @module
 */

/** Operations on activations, element by element. */
const POINTWISE: ReadonlySet<string> = new Set([
  "AddV2",
  "Sub",
  "Mul",
  "Maximum",
  "Relu",
  "ReluGrad",
]);

/** Elements from which a loop is worth the 40 milliseconds of its compilation. */
const LEAST = 2 ** 17;

/** Whether a tensor is so large that compiling a loop over it is worth its time. */
export function isLarge(shape: readonly number[]): boolean {
  return shape.reduce((product, length) => product * length, 1) >= LEAST;
}

/** Attribute that gives an operation to XLA. */
export const FUSED = "_XlaCompile";

/**
 * Whether an operation is to be marked with {@linkcode FUSED}.
 *
 * @param operation TensorFlow's name of it.
 * @param shape Shape of its first input.
 * @returns Whether XLA does better.
 */
export function isFusible(operation: string, shape: readonly number[]): boolean {
  return POINTWISE.has(operation) && isLarge(shape);
}

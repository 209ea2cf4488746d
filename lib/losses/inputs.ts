/**
 * The inputs of a loss besides logits and labels.
 *
 * @module
 */
import type { LossContext, LossInput } from "./loss.ts";

/** How to provide each input, for error messages. */
const HINTS: Readonly<Record<LossInput, string>> = {
  seed: `seed: tf.tensor1d([seed, step], "int32")`,
  features: "features [batch, channels], the input of the classifier",
  experts: "experts, the logits [batch, classes] of each expert",
  teacher: "teacher, the logits [batch, classes] of a trained network",
  routes: "routes [batch, experts − 1], the output of each router",
  norms: "norms, what the network passes to its mode's onNorm",
  projections: "projections [rows, channels], unit vectors",
  keys: "keys [batch, channels], unit vectors of the momentum network",
  prototypes: "prototypes [classes, channels], a unit vector for each class",
};

/**
 * Returns an input of a loss.
 *
 * @param context The loss's context.
 * @param input Name of the input.
 * @param loss Name of the loss, for the error message.
 * @returns The input.
 * @throws {TypeError} If the context does not contain it.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 *
 * const missing = () => inputOf({ progress: 0 }, "teacher", "xerm");
 * assertThrows(missing, TypeError, "Expected the context of xerm to contain teacher but found none");
 * ```
 */
export function inputOf<Input extends LossInput>(
  context: LossContext | undefined,
  input: Input,
  loss: string,
): NonNullable<LossContext[Input]> {
  const found = context?.[input];
  if (found) return found;
  throw new TypeError(
    `Expected the context of ${loss} to contain ${input} but found none: pass ${HINTS[input]}`,
  );
}

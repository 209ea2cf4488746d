/**
 * Access to the inputs in a loss's context.
 *
 * @module
 */
import type { tf } from "../deps/tfjs.ts";
import type { AppliedNorm } from "../nn/module.ts";
import type { LossContext } from "./loss.ts";

/**
 * Returns the seed of the step.
 *
 * @param context The loss's context.
 * @param loss Name of the loss, for the message.
 * @returns Shape `[2]`, int32.
 * @throws {TypeError} If there is none.
 */
export function seedOf(context: LossContext | undefined, loss: string): tf.Tensor1D {
  if (context?.seed) return context.seed;
  throw new TypeError(
    `Expected the context of ${loss} to hold a seed but found none: ` +
      `give it { progress, seed: tf.tensor1d([seed, step], "int32") }`,
  );
}

/**
 * Returns the features of the batch.
 *
 * @param context The loss's context.
 * @param loss Name of the loss, for the message.
 * @returns Shape `[batch, channels]`.
 * @throws {TypeError} If there are none.
 */
export function featuresOf(context: LossContext | undefined, loss: string): tf.Tensor2D {
  if (context?.features) return context.features;
  throw new TypeError(
    `Expected the context of ${loss} to hold features [batch, channels] but found none: ` +
      `give it { progress, features }, what the classifier gets`,
  );
}

/**
 * Returns the logits of the experts.
 *
 * @param context The loss's context.
 * @param loss Name of the loss, for the message.
 * @returns Logits of each expert, each `[batch, classes]`.
 * @throws {TypeError} If there are none.
 */
export function expertsOf(
  context: LossContext | undefined,
  loss: string,
): readonly tf.Tensor2D[] {
  if (context?.experts) return context.experts;
  throw new TypeError(
    `Expected the context of ${loss} to hold experts but found none: ` +
      `give it { progress, experts }, the logits [batch, classes] of each`,
  );
}

/**
 * Returns the logits of the teacher.
 *
 * @param context The loss's context.
 * @param loss Name of the loss, for the message.
 * @returns Shape `[batch, classes]`.
 * @throws {TypeError} If there are none.
 */
export function teacherOf(context: LossContext | undefined, loss: string): tf.Tensor2D {
  if (context?.teacher) return context.teacher;
  throw new TypeError(
    `Expected the context of ${loss} to hold a teacher but found none: ` +
      `give it { progress, teacher }, the logits [batch, classes] of a trained network`,
  );
}

/**
 * Returns the outputs of the routers.
 *
 * @param context The loss's context.
 * @param loss Name of the loss, for the message.
 * @returns Shape `[batch, experts − 1]`.
 * @throws {TypeError} If there are none.
 */
export function routesOf(context: LossContext | undefined, loss: string): tf.Tensor2D {
  if (context?.routes) return context.routes;
  throw new TypeError(
    `Expected the context of ${loss} to hold routes but found none: ` +
      `give it { progress, routes }, the output [batch, experts − 1] of each router`,
  );
}

/**
 * Returns the batch norms of the network.
 *
 * @param context The loss's context.
 * @param loss Name of the loss, for the message.
 * @returns Site, scale and shift of each.
 * @throws {TypeError} If there are none.
 */
export function normsOf(context: LossContext | undefined, loss: string): readonly AppliedNorm[] {
  if (context?.norms) return context.norms;
  throw new TypeError(
    `Expected the context of ${loss} to hold norms but found none: ` +
      `give it { progress, norms }, what the network tells its mode's onNorm`,
  );
}

/**
 * Returns the projections that a contrastive loss compares.
 *
 * @param context The loss's context.
 * @param loss Name of the loss, for the message.
 * @param other Input that the projections are compared with.
 * @returns `projections` `[rows, channels]` and the other, with rows of the same length.
 * @throws {TypeError} If one is missing.
 */
export function projectionsOf(
  context: LossContext | undefined,
  loss: string,
  other: "keys" | "prototypes",
): { projections: tf.Tensor2D; other: tf.Tensor2D } {
  const projections = context?.projections, found = context?.[other];
  if (projections && found) return { projections, other: found };
  throw new TypeError(
    `Expected the context of ${loss} to hold projections and ${other} but found no ` +
      `${
        projections ? other : "projections"
      }: give it { progress, projections, ${other} }, unit vectors`,
  );
}

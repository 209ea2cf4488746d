/**
 * Noticing that a training has diverged.
 *
 * @module
 */
import { DivergedError } from "../core/errors.ts";
import { flatten, type Params } from "../core/tree.ts";

/**
 * Checks a loss.
 *
 * @param loss Mean loss of a step.
 * @param step Number of the step, from 1.
 * @throws {DivergedError} If it is NaN or infinite, naming the step.
 */
export function expectFiniteLoss(loss: number, step: number): void {
  if (Number.isFinite(loss)) return;
  throw new DivergedError(
    `Expected a finite loss but found ${loss} at step ${step}: ` +
      `lower the learning rate or go on from the last checkpoint with other settings`,
  );
}

/**
 * Checks what a network says, so that no accuracy is counted from numbers that mean nothing.
 *
 * @param logits Logits of any number of images.
 * @throws {DivergedError} If one is NaN or infinite.
 */
export function expectFiniteLogits(logits: Float32Array): void {
  const place = logits.findIndex((logit) => !Number.isFinite(logit));
  if (place < 0) return;
  throw new DivergedError(
    `Expected finite logits but found ${
      logits[place]
    }: the network has diverged, or its running statistics ` +
      `are of too few steps; lower the learning rate, train longer, or take larger images`,
  );
}

/**
 * Checks parameters, so that no checkpoint holds spoiled ones: a loss tells of an update one step late.
 *
 * @param params Learned parameters.
 * @param step Steps done.
 * @throws {DivergedError} If one is NaN or infinite, naming it and the step.
 */
export async function expectFiniteParams(params: Params, step: number): Promise<void> {
  for (const [path, tensor] of flatten(params)) {
    const values = await tensor.data();
    for (let i = 0; i < values.length; i++) {
      if (Number.isFinite(values[i])) continue;
      throw new DivergedError(
        `Expected finite parameters but found ${values[i]} in ${path} after step ${step}: ` +
          `lower the learning rate or go on from the last checkpoint with other settings`,
      );
    }
  }
}

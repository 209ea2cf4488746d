/**
 * Checks that detect a diverged training.
 *
 * @module
 */
import { DivergedError } from "../core/errors.ts";
import { flatten, type Params } from "../core/tree.ts";

/**
 * Checks that a loss is finite.
 *
 * @param loss Mean loss of a step.
 * @param step Number of the step, from 1.
 * @throws {DivergedError} If it is NaN or infinite; the message names the step.
 */
export function expectFiniteLoss(loss: number, step: number): void {
  if (Number.isFinite(loss)) return;
  throw new DivergedError(
    `Expected a finite loss but found ${loss} at step ${step}: ` +
      `lower the learning rate, or resume from the last checkpoint with other settings`,
  );
}

/**
 * Checks that logits are finite, so that no metric is computed from invalid ones.
 *
 * @param logits Logits of any number of images.
 * @throws {DivergedError} If one is NaN or infinite.
 */
export function expectFiniteLogits(logits: Float32Array): void {
  const position = logits.findIndex((logit) => !Number.isFinite(logit));
  if (position < 0) return;
  throw new DivergedError(
    `Expected finite logits but found ${
      logits[position]
    }: the network has diverged, or its running statistics ` +
      `are of too few steps; lower the learning rate, train longer, or take larger images`,
  );
}

/**
 * Checks that parameters are finite, so that no checkpoint holds invalid ones: the loss reveals a bad update only one
 * step later.
 *
 * @param params Learned parameters.
 * @param step Number of completed steps.
 * @throws {DivergedError} If one is NaN or infinite; the message names the parameter and the step.
 */
export async function expectFiniteParams(params: Params, step: number): Promise<void> {
  for (const [path, tensor] of flatten(params)) {
    const values = await tensor.data();
    for (let i = 0; i < values.length; i++) {
      if (Number.isFinite(values[i])) continue;
      throw new DivergedError(
        `Expected finite parameters but found ${values[i]} in ${path} after step ${step}: ` +
          `lower the learning rate, or resume from the last checkpoint with other settings`,
      );
    }
  }
}

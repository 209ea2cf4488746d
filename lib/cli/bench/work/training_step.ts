/**
 * How long a training step takes on the same batch again and again.
 *
 * @module
 */
import { median } from "../median.ts";
import { madeUpBatch, openTraining, type TrainingOptions } from "./training.ts";
import { secondsSince, type Work } from "./work.ts";

/** Steps until everything is traced, compiled and in place. */
const WARM_UP = 3;

/**
 * Sets up steps.
 *
 * @param options The training, and steps measured in a turn.
 * @returns The work; it takes the median step of a turn, whose first step is not counted.
 */
export async function trainingStepTime(
  options: TrainingOptions & { readonly steps: number },
): Promise<Work> {
  const training = await openTraining(options);
  const { images, labels } = madeUpBatch(options);
  for (let i = 0; i < WARM_UP; i++) await training.step(images, labels);
  const { framework, parameters } = training;
  return {
    async measure() {
      const times: number[] = [];
      for (let i = 0; i <= options.steps; i++) {
        const began = performance.now();
        await training.step(images, labels);
        if (i > 0) times.push(secondsSince(began));
      }
      return { value: median(times), framework, parameters };
    },
    close: () => Promise.resolve(training.close()),
  };
}

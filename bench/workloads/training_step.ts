/**
 * Time of a training step, repeated on the same batch.
 *
 * @module
 */
import { median } from "../median.ts";
import { madeUpBatch, openTraining, type SharedTrainingOptions } from "./training.ts";
import { secondsSince, type Workload } from "./workload.ts";

/** Warm-up steps, after which everything is traced, compiled and allocated. */
const WARM_UP = 3;

/**
 * Sets up a training.
 *
 * @param options The training, and the number of steps measured in a turn.
 * @returns The work; it measures the median time of the steps of a turn, except an additional first one.
 */
export async function trainingStepTime(
  options: SharedTrainingOptions & { readonly steps: number },
): Promise<Workload> {
  const training = await openTraining(options);
  const { images, labels } = madeUpBatch(options);
  for (let i = 0; i < WARM_UP; i++) await training.step(images, labels);
  const { framework, parameters } = training;
  return {
    async measure() {
      const times: number[] = [];
      for (let i = 0; i <= options.steps; i++) {
        const start = performance.now();
        await training.step(images, labels);
        if (i > 0) times.push(secondsSince(start));
      }
      return { value: median(times), framework, parameters };
    },
    close: () => Promise.resolve(training.close()),
  };
}

/**
 * What tracing a training step costs.
 *
 * @module
 */
import { madeUpBatch, openTraining, type TrainingOptions } from "./training.ts";
import { secondsSince, type Work } from "./work.ts";

/** Steps after the first, of which the fastest is what a step takes. */
const LATER = 3;

/**
 * Sets up a training whose step has not been traced yet.
 *
 * @param options The training.
 * @returns The work; it takes what the first step costs above a later one: tracing, TensorFlow's passes over the
 * graph, compiling. It can be measured once.
 */
export async function tracing(options: TrainingOptions): Promise<Work> {
  const training = await openTraining(options);
  const { images, labels } = madeUpBatch(options);
  const seconds = async () => {
    const began = performance.now();
    await training.step(images, labels);
    return secondsSince(began);
  };
  return {
    async measure() {
      const first = await seconds();
      const later: number[] = [];
      for (let i = 0; i < LATER; i++) later.push(await seconds());
      return { value: first - Math.min(...later), framework: training.framework };
    },
    close: () => Promise.resolve(training.close()),
  };
}

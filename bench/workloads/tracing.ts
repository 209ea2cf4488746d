/**
 * Time to trace a training step.
 *
 * @module
 */
import { madeUpBatch, openTraining, type TrainingOptions } from "./training.ts";
import { secondsSince, type Workload } from "./workload.ts";

/** Steps after the first; the fastest is taken as the time of a traced step. */
const LATER = 3;

/**
 * Sets up a training whose step has not been traced yet.
 *
 * @param options The training, and what is measured: recording the step as a TensorFlow function, or the additional
 * time of the first step over a later one, including TensorFlow's graph passes and XLA compilation.
 * @returns The work; it can be measured only once.
 */
export async function tracing(
  { part, ...options }: TrainingOptions & { readonly part: "recording" | "first step" },
): Promise<Workload> {
  const training = await openTraining(options);
  const { images, labels } = madeUpBatch(options);
  /** Times a step until it has been passed to TensorFlow, and until it is done. */
  const seconds = async () => {
    const start = performance.now();
    const done = training.step(images, labels);
    const recorded = secondsSince(start);
    await done;
    return { recorded, done: secondsSince(start) };
  };
  return {
    async measure() {
      const { framework } = training;
      const first = await seconds();
      if (part === "recording") return { value: first.recorded, framework };
      const later: number[] = [];
      for (let i = 0; i < LATER; i++) later.push((await seconds()).done);
      return { value: first.done - Math.min(...later), framework };
    },
    close: () => Promise.resolve(training.close()),
  };
}

/**
 * Growth of memory during a training.
 *
 * @module
 */
import { tf } from "../../lib/deps/tfjs.ts";
import { endToEndSteps } from "./end_to_end.ts";
import type { TrainingOptions } from "./training.ts";
import type { Workload } from "./workload.ts";

/** Steps of warm-up, after which memory is compared. */
const EARLY = 100;

/**
 * Sets up a training with a new batch for every step.
 *
 * @param options The training, and its number of steps, greater than 100.
 * @returns The work; it measures the growth of resident memory from step 100 to the last one, in bytes.
 */
export async function memoryGrowth(
  options: TrainingOptions & { readonly steps: number },
): Promise<Workload> {
  const { training, step, close } = await endToEndSteps(options);
  const { framework, parameters } = training;
  const now = () => ({ rss: Deno.memoryUsage().rss, tensors: tf.memory().numTensors });
  const words = ({ rss, tensors }: ReturnType<typeof now>) =>
    `${(rss / 1e6).toFixed(0)} MB and ${tensors} tensors`;
  return {
    async measure() {
      for (let i = 0; i < EARLY; i++) await step();
      const early = now();
      for (let i = EARLY; i < options.steps; i++) await step();
      const late = now();
      return {
        value: late.rss - early.rss,
        framework,
        parameters,
        remark: `${words(early)} after ${EARLY} steps, ${words(late)} after ${options.steps}`,
      };
    },
    close,
  };
}

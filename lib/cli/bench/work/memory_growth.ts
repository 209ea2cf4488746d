/**
 * Whether a training needs more memory the longer it runs.
 *
 * @module
 */
import { tf } from "../../../deps/tfjs.ts";
import { endToEndSteps } from "./end_to_end.ts";
import type { TrainingOptions } from "./training.ts";
import type { Work } from "./work.ts";

/** The step from which on memory is compared: past all warming up. */
const EARLY = 100;

/**
 * Sets up a training with batches of its own for every step.
 *
 * @param options The training, and after how many steps memory is compared with that after 100.
 * @returns The work: it tells how many bytes were added.
 */
export async function memoryGrowth(
  options: TrainingOptions & { readonly steps: number },
): Promise<Work> {
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

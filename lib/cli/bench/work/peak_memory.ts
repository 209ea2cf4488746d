/**
 * How much memory a training step takes at most.
 *
 * @module
 */
import { engine } from "../../../engine/engine.ts";
import { memoryStatus } from "./memory_status.ts";
import { madeUpBatch, openTraining, type TrainingOptions } from "./training.ts";
import type { Work } from "./work.ts";

/**
 * Sets up nothing but the library: the rest is what is measured.
 *
 * @param options The training, and how many steps it does.
 * @returns The work, to be done once in a process: it tells the most memory that the process ever had, above
 * what it had once the library was loaded.
 */
export async function peakMemory(
  options: TrainingOptions & { readonly steps: number },
): Promise<Work> {
  const { backend, version } = await engine();
  const { resident } = await memoryStatus();
  return {
    async measure() {
      const training = await openTraining(options);
      const { images, labels } = madeUpBatch(options);
      for (let i = 0; i < options.steps; i++) await training.step(images, labels);
      const { peak } = await memoryStatus();
      const { parameters } = training;
      training.close();
      return {
        value: peak - resident,
        framework: `${backend} ${version}`,
        parameters,
        remark: `${(resident / 1e6).toFixed(0)} MB before`,
      };
    },
    close: () => Promise.resolve(),
  };
}

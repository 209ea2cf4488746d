/**
 * Peak memory of a training step.
 *
 * @module
 */
import { engine } from "../../lib/engine/engine.ts";
import { memoryStatus } from "./memory_status.ts";
import { madeUpBatch, openTraining, type TrainingOptions } from "./training.ts";
import type { Workload } from "./workload.ts";

/**
 * Loads the library only, since memory allocated afterwards is measured.
 *
 * @param options The training, and its number of steps.
 * @returns The work, to be measured once per process: peak memory of the process minus its resident memory after
 * loading the library, in bytes.
 */
export async function peakMemory(
  options: TrainingOptions & { readonly steps: number },
): Promise<Workload> {
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

/**
 * Benchmark of losses.
 *
 * @module
 */
import { INATURALIST } from "../generated_list.ts";
import { LOSSES } from "../losses.ts";
import { type Case, type Subject, work } from "../subject.ts";

const BATCH = 256, STEP_BATCH = 16;
const STEP = `a step of ResNet-50, batch ${STEP_BATCH}`;

/** Every loss over the classes of iNaturalist 2018, compared with a full training step. */
export const lossesSubject: Subject = {
  name: "losses",
  about: `a loss over ${INATURALIST.classes} classes with its gradient, batch ${BATCH}`,
  cases: () => [
    {
      name: STEP,
      unit: "s",
      ours: work("training_step", {
        network: "resnet50",
        classes: INATURALIST.classes,
        size: 224,
        batch: STEP_BATCH,
        precision: "float32",
        steps: 2,
      }),
      peers: [],
      mostRounds: 1,
    },
    ...Object.keys(LOSSES).map((loss): Case => ({
      name: loss,
      unit: "s",
      ours: work("loss", { loss, batch: BATCH }),
      peers: [],
      mostRounds: 3,
      // A step of 256 images needs more memory than many machines have.
      fractionOf: { name: STEP, times: BATCH / STEP_BATCH },
    })),
  ],
};

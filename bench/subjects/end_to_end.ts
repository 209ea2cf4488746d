/**
 * Benchmark of training with batches prepared in parallel.
 *
 * @module
 */
import { PRECISIONS } from "../../lib/engine/precision.ts";
import { pytorch } from "../peers.ts";
import { type Case, type Subject, work } from "../subject.ts";
import { writePixels } from "./pixels.ts";

const TRAINING = {
  network: "resnet-cifar",
  depth: 32,
  width: 1,
  classes: 10,
  size: 32,
  batch: 128,
} as const;
const STEPS = 10;
const TARGET = 0.7;

/** ResNet-32 with AutoAugment and Cutout, compared with PyTorch with and without worker processes. */
export const endToEndSubject: Subject = {
  name: "end-to-end",
  about: "a step of ResNet-32, batch 128, with crop, flip, AutoAugment and Cutout",
  async cases({ folder }) {
    const path = await writePixels(folder);
    const cases = PRECISIONS.map((precision): Case => ({
      name: precision,
      unit: "s",
      ours: work("end_to_end", { ...TRAINING, precision, steps: STEPS }),
      peers: [0, 2].flatMap((workers) =>
        pytorch("end_to_end", precision, { ...TRAINING, steps: STEPS, path, workers })
      ),
      target: TARGET,
    }));
    const alone = { ...TRAINING, precision: "float32", steps: STEPS };
    cases.push({
      name: "float32, cost of preparing",
      unit: "s",
      ours: work("end_to_end", alone),
      peers: [work("training_step", alone, { name: "ours on one batch again and again" })],
    });
    return cases;
  },
};

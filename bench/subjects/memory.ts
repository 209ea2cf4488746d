/**
 * Benchmark of memory.
 *
 * @module
 */
import { PRECISIONS } from "../../lib/engine/precision.ts";
import { pytorch } from "../peers.ts";
import { type Case, type Subject, work } from "../subject.ts";
import { STEPS } from "./steps.ts";

/** Number of steps after which memory has reached its peak. */
const PEAK_STEPS = 4;

const LONG_TRAINING = {
  network: "resnet-cifar",
  depth: 8,
  width: 1,
  classes: 10,
  size: 32,
  batch: 32,
  precision: "float32",
} as const;

/** Peak memory of training steps, compared with PyTorch, and growth of memory in a long training. */
export const memorySubject: Subject = {
  name: "memory",
  about: "peak of training steps minus resident memory after import; growth over many steps",
  cases: ({ memorySteps }) => [
    ...STEPS.flatMap(({ name, options }) =>
      PRECISIONS.map((precision): Case => ({
        name: `${name}, ${precision}, peak`,
        unit: "B",
        ours: work("peak_memory", { ...options, precision, steps: PEAK_STEPS }, { fresh: true }),
        peers: pytorch("peak_memory", precision, { ...options, steps: PEAK_STEPS }, true),
        target: 1,
        mostRounds: 3,
      }))
    ),
    {
      name: `growth over ${memorySteps} steps`,
      unit: "B",
      ours: work("memory_growth", { ...LONG_TRAINING, steps: memorySteps }, { fresh: true }),
      peers: [],
      mostRounds: 1,
    },
  ],
};

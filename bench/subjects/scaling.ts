/**
 * Benchmark of how the cost of a step scales.
 *
 * @module
 */
import { pytorch } from "../peers.ts";
import { type Case, type Subject, work } from "../subject.ts";

/** Values of each option that is varied; the other options are those of {@linkcode BASE}. */
const AXES: Readonly<Record<string, readonly number[]>> = {
  batch: [32, 128, 512],
  width: [1, 2, 4],
  depth: [8, 20, 32, 56],
  classes: [10, 1000, 10_000, 100_000],
};
const BASE = { network: "resnet-cifar", depth: 20, width: 1, classes: 10, size: 32, batch: 128 };
const STEPS = 3;

/** Steps of ResNet-20 with increasing batch size, width, depth or number of classes. */
export const scalingSubject: Subject = {
  name: "scaling",
  about: "a float32 step of ResNet-20, batch 128, 10 classes, with one of them increased",
  cases: () =>
    Object.entries(AXES).flatMap(([axis, values]) =>
      values.map((value): Case => {
        const options = { ...BASE, [axis]: value, steps: STEPS };
        return {
          name: `${axis} ${value}`,
          unit: "s",
          ours: work("training_step", { ...options, precision: "float32" }),
          peers: pytorch("training_step", "float32", options).filter(({ options }) =>
            options.layout === "channels-last"
          ),
          growsFrom: value === values[0] ? undefined : `${axis} ${values[0]}`,
        };
      })
    ),
};

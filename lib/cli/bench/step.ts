/**
 * How long a training step takes, alone and with its batches prepared beside it.
 *
 * @module
 */
import { disposeTree } from "../../core/tree.ts";
import type { Augmentation } from "../../data/augment/mod.ts";
import { batches } from "../../data/batches/mod.ts";
import { builtin } from "../../data/builtin/mod.ts";
import { crossEntropy } from "../../losses/mod.ts";
import { resnetCifar } from "../../nn/resnet_cifar.ts";
import { instanceBalanced } from "../../samplers/mod.ts";
import { sgd } from "../../train/optimizer.ts";
import type { Precision } from "../../train/result.ts";
import { type Training, trainingStep } from "../../train/step.ts";
import { median } from "./median.ts";

/** What is measured. */
export interface StepBench {
  /** Depth of the CIFAR ResNet. */
  readonly depth: number;
  /** Images in a step. */
  readonly batch: number;
  /** Steps measured, after five that are not. */
  readonly steps: number;
  /** Precision of the step. */
  readonly precision: Precision;
  /** Whether every step has a batch of its own, prepared with the paper's augmentation. */
  readonly fresh: boolean;
}

const WARM_UP = 5;

const AUGMENT: readonly Augmentation[] = [
  { name: "crop" },
  { name: "flip" },
  { name: "autoaugment" },
  { name: "cutout" },
];

/**
 * Measures steps of plain cross-entropy with SGD.
 *
 * @param bench What to measure.
 * @param onStep Called after every step.
 * @returns Median time of a step in milliseconds.
 */
export async function stepTime(
  { depth, batch, steps, precision, fresh }: StepBench,
  onStep: (step: number) => void = () => {},
): Promise<number> {
  const { train } = builtin({ testImages: 1 });
  const network = resnetCifar({ depth, classes: 10 });
  const optimizer = sgd({ weightDecay: 5e-4 });
  const step = trainingStep({
    network,
    loss: crossEntropy(),
    optimizer,
    iterations: steps + WARM_UP,
    precision,
  });
  const stream = instanceBalanced(train.labels, { seed: 0 });
  const prepared = batches(train, stream, { batch, augment: AUGMENT, seed: 0 });
  const source = prepared[Symbol.asyncIterator]();
  const { params, state } = network.init(0, train.shape);
  let training: Training = { params, state, optimizer: optimizer.init(params) };
  const times: number[] = [];
  try {
    let next = source.next();
    let given = (await next).value!;
    if (fresh) next = source.next();
    else await prepared.close();
    for (let i = 0; i < steps + WARM_UP; i++) {
      const began = performance.now();
      if (fresh) {
        given = (await next).value!;
        next = source.next();
      }
      const images = { data: given.images, shape: [batch, ...train.shape] };
      const before = training;
      const output = await step.run(training, images, given.labels, 0.1, i);
      training = output.training;
      for (const tree of Object.values(before)) disposeTree(tree);
      await output.report();
      if (i >= WARM_UP) times.push(performance.now() - began);
      onStep(i + 1);
    }
  } finally {
    await prepared.close();
    step.dispose();
    for (const tree of Object.values(training)) disposeTree(tree);
  }
  return median(times);
}

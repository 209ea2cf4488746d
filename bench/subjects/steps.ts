/**
 * Benchmarks of training steps of the paper's networks.
 *
 * @module
 */
import { PRECISIONS } from "../../lib/engine/precision.ts";
import { pytorch } from "../peers.ts";
import { type Case, type Contender, type Subject, work } from "../subject.ts";

interface StepSubject {
  readonly name: string;
  readonly about: string;
  readonly options: Contender["options"];
  /** Number of steps measured in a turn. */
  readonly steps: number;
  readonly targets?: Readonly<Record<typeof PRECISIONS[number], number>>;
}

const CIFAR = { network: "resnet-cifar", depth: 32, classes: 10, size: 32, batch: 128 } as const;
const IMAGENET = { classes: 1000, size: 224, batch: 16 } as const;

/** Networks for which training steps and peak memory are measured. */
export const STEPS: readonly StepSubject[] = [
  {
    name: "resnet32",
    about: "a training step of ResNet-32, batch 128",
    options: { ...CIFAR, width: 1 },
    steps: 5,
    targets: { float32: 1, bf16: 1 },
  },
  {
    name: "resnet32-w4",
    about: "a training step of ResNet-32 four times as wide, batch 128",
    options: { ...CIFAR, width: 4 },
    steps: 3,
    targets: { float32: 0.85, bf16: 1 },
  },
  {
    name: "resnet50",
    about: "a training step of ResNet-50, batch 16, 224×224",
    options: { network: "resnet50", ...IMAGENET },
    steps: 3,
    targets: { float32: 1, bf16: 1 },
  },
  {
    name: "resnext50",
    about: "a training step of ResNeXt-50 (32×4d), batch 16, 224×224",
    options: { network: "resnext50", ...IMAGENET },
    steps: 3,
  },
];

/** A subject for each network. */
export const stepSubjects: readonly Subject[] = STEPS.map((
  { name, about, options, steps, targets },
) => ({
  name,
  about,
  cases: (): Case[] =>
    PRECISIONS.map((precision) => ({
      name: precision,
      unit: "s",
      ours: work("training_step", { ...options, precision, steps }),
      peers: pytorch("training_step", precision, { ...options, steps }),
      target: targets?.[precision],
    })),
}));

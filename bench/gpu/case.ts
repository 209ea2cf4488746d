/**
 * Training steps that are measured on a GPU.
 *
 * @module
 */

/** A training step, compiled on the device from its StableHLO module. */
export interface GpuCase {
  /** Name of the case and of its folder. */
  readonly name: string;
  /** Network, as in `bench/workloads/training.ts`; `nbn` adds NBN and LR to a CIFAR ResNet. */
  readonly network: "resnet-cifar" | "resnet50" | "resnext50";
  /** Depth of the CIFAR ResNet. */
  readonly depth?: number;
  /** Whether the network has NBN and LR. */
  readonly nbn?: boolean;
  /** Height and width of an image in pixels. */
  readonly size: number;
  /** Number of classes. */
  readonly classes: number;
  /** Images in a step. */
  readonly batch: number;
  /**
   * Devices that run the step together.
   *
   * @default {1}
   */
  readonly devices?: number;
  /** Precision of the step; `float32` lets the device round to TF32, as PyTorch and JAX do. */
  readonly precision: "float32" | "bf16";
  /** Steps whose losses TensorFlow computed on a CPU for comparison; 0 for none. */
  readonly compared: number;
}

const CIFAR = { network: "resnet-cifar", size: 32, classes: 10 } as const;
const IMAGENET = { size: 224, classes: 1000, batch: 256, compared: 0 } as const;
const PRECISIONS = ["float32", "bf16"] as const;

const PARITY = {
  ...CIFAR,
  depth: 8,
  nbn: true,
  batch: 64,
  precision: "float32",
  compared: 20,
} as const;

/** The cases, the one that is compared with TensorFlow first, those of several devices last. */
export const CASES: readonly GpuCase[] = [
  { ...PARITY, name: "parity" },
  ...PRECISIONS.flatMap((precision): GpuCase[] => [
    {
      ...CIFAR,
      name: `resnet32-${precision}`,
      depth: 32,
      batch: 512,
      precision,
      compared: 0,
    },
    { ...IMAGENET, name: `resnet50-${precision}`, network: "resnet50", precision },
    { ...IMAGENET, name: `resnext50-${precision}`, network: "resnext50", precision },
  ]),
  { ...PARITY, name: "parity-2", devices: 2 },
  {
    ...IMAGENET,
    name: "resnet50-bf16-2",
    network: "resnet50",
    precision: "bf16",
    batch: 512,
    devices: 2,
  },
];

/** What is known of a case on the device. */
export interface Manifest extends GpuCase {
  /** Paths and shapes of the training state, the first inputs of the module and its first outputs. */
  readonly state: readonly { readonly path: string; readonly shape: readonly number[] }[];
  /** TensorFlow's losses, if they are compared. */
  readonly losses: readonly number[];
}

/** Learning rate of all cases. */
export const RATE = 0.01;

/**
 * A batch that is the same on every machine.
 *
 * @param options Shapes, and the index of the step.
 * @returns Images `[batch, size, size, 3]` and labels `[batch]`.
 */
export function batchOf(
  { batch, size, classes }: Pick<GpuCase, "batch" | "size" | "classes">,
  step: number,
): { images: Float32Array<ArrayBuffer>; labels: Int32Array<ArrayBuffer> } {
  let state = Math.imul(step + 1, 2654435761) >>> 0;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const labels = Int32Array.from({ length: batch }, () => Math.floor(next() ** 2 * classes));
  const images = Float32Array.from({ length: batch * size * size * 3 }, () => 2 * next() - 1);
  return { images, labels };
}

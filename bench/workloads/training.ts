/**
 * A training whose steps are measured.
 *
 * @module
 */
import { disposeTree, flatten } from "../../lib/core/tree.ts";
import { joinCluster } from "../../lib/engine/cluster/join.ts";
import { openTransport } from "../../lib/engine/cluster/open_transport.ts";
import { engine } from "../../lib/engine/engine.ts";
import { crossEntropy } from "../../lib/losses/mod.ts";
import type { Network } from "../../lib/nn/network.ts";
import { resnet50, resnext50 } from "../../lib/nn/resnet.ts";
import { resnetCifar } from "../../lib/nn/resnet_cifar.ts";
import { sgd } from "../../lib/optim/mod.ts";
import type { Precision } from "../../lib/engine/precision.ts";
import type { StepState } from "../../lib/loop/step_definition.ts";
import { trainingStep } from "../../lib/loop/training_step.ts";
import type { Member } from "./together.ts";

/** Network, images and precision of a training. */
export interface TrainingOptions {
  /** Architecture of the network. */
  readonly network: "resnet-cifar" | "resnet50" | "resnext50";
  /** Depth of the CIFAR ResNet. */
  readonly depth?: number;
  /** Width multiplier of the CIFAR ResNet. */
  readonly width?: number;
  /** Number of classes. */
  readonly classes: number;
  /** Height and width of an image in pixels. */
  readonly size: number;
  /** Batch size. */
  readonly batch: number;
  /** Precision of the training step. */
  readonly precision: Precision;
}

/** Options of a training, and which of several processes this is, if it is one of several. */
export type SharedTrainingOptions = TrainingOptions & Partial<Member>;

/** A running training. */
export interface BenchTraining {
  /** Name and version of the backend. */
  readonly framework: string;
  /** Number of trainable parameters of the network. */
  readonly parameters: number;
  /** Performs a step, reads its loss and disposes the previous training state. */
  step(images: Float32Array, labels: Int32Array): Promise<void>;
  /** Disposes all tensors. */
  close(): void;
}

/**
 * Starts a training with cross-entropy and SGD (momentum 0.9, weight decay 5e-4).
 *
 * @param options Network, batch, precision.
 * @returns The training.
 */
export async function openTraining(options: SharedTrainingOptions): Promise<BenchTraining> {
  const { batch, size, precision, rank, addresses = "", mpi } = options;
  if (mpi) Deno.env.set("NBN_MPI", mpi);
  const { cluster } = rank === undefined
    ? {}
    : await openTransport(await joinCluster({ addresses: addresses.split(","), rank }));
  const { backend, version } = await engine();
  const network = networkOf(options);
  const optimizer = sgd({ momentum: 0.9, weightDecay: 5e-4 });
  const step = trainingStep({
    network,
    loss: crossEntropy(),
    optimizer,
    iterations: Infinity,
    precision,
    cluster,
  });
  const { params, state } = network.init(0, [size, size, 3]);
  let training: StepState = { params, state, optimizer: optimizer.init(params), loss: {} };
  let steps = 0;
  return {
    framework: `${backend} ${version}`,
    parameters: flatten(params).reduce((sum, [, { size }]) => sum + size, 0),
    async step(images, labels) {
      const before = training;
      const shape = [batch / (cluster?.size ?? 1), size, size, 3];
      const part = images.subarray(0, images.length / (cluster?.size ?? 1));
      const output = await step.run(
        before,
        { images: { data: part, shape }, labels },
        { rate: 0.1, iteration: steps++ },
      );
      training = output.training;
      for (const tree of Object.values(before)) disposeTree(tree);
      await output.report();
    },
    close() {
      step.dispose();
      for (const tree of Object.values(training)) disposeTree(tree);
    },
  };
}

/**
 * Creates the network of a training.
 *
 * @param options Architecture, depth, width and number of classes.
 * @returns The network.
 */
export function networkOf(
  { network, depth = 32, width = 1, classes }: Omit<
    TrainingOptions,
    "size" | "batch" | "precision"
  >,
): Network {
  switch (network) {
    case "resnet-cifar":
      return resnetCifar({ depth, width, classes });
    case "resnet50":
      return resnet50({ classes });
    case "resnext50":
      return resnext50({ classes });
  }
}

/**
 * Creates a batch of synthetic images; their content does not affect the cost of a step.
 *
 * @param options Batch size, image size, number of classes.
 * @returns Images with values in [−2, 2], like normalised ones, as `[batch, size, size, 3]`, and labels as `[batch]`.
 */
export function madeUpBatch(
  { batch, size, classes }: Pick<TrainingOptions, "batch" | "size" | "classes">,
): { images: Float32Array; labels: Int32Array } {
  const images = new Float32Array(batch * size * size * 3);
  for (let i = 0; i < images.length; i++) images[i] = Math.sin(12.9898 * i) * 2;
  return { images, labels: Int32Array.from({ length: batch }, (_, i) => (i * 7919) % classes) };
}

/**
 * Recording and lowering the training step of a case, without compiling it.
 *
 * @module
 */
import { disposeTree, flatten } from "../../lib/core/tree.ts";
import type { Client } from "../../lib/engine/pjrt/client.ts";
import type { StepState } from "../../lib/loop/step_definition.ts";
import { trainingStep } from "../../lib/loop/training_step.ts";
import { crossEntropy } from "../../lib/losses/mod.ts";
import { logitsRectification } from "../../lib/nn/logits_rectification.ts";
import { nbn } from "../../lib/nn/nbn.ts";
import type { Network } from "../../lib/nn/network.ts";
import { resnetCifar } from "../../lib/nn/resnet_cifar.ts";
import { sgd } from "../../lib/optim/mod.ts";
import { networkOf } from "../workloads/training.ts";
import { batchOf, type GpuCase, type Manifest, RATE } from "./case.ts";
import { recordedModule } from "./recorded_module.ts";

/** A lowered training step. */
export interface LoweredCase {
  /** The StableHLO module. */
  readonly module: string;
  /** What the device has to know besides. */
  readonly manifest: Manifest;
  /** The initial training state, if the case is compared. */
  readonly values?: Float32Array<ArrayBuffer>;
}

/**
 * Lowers the training step of a case: cross-entropy, SGD with momentum 0.9 and weight decay 5e-4.
 *
 * @param client A client of any plugin, which takes the tensors but compiles nothing.
 * @param given The case.
 * @returns Its module, and TensorFlow's losses where they are compared.
 */
export async function lowerCase(client: Client, given: GpuCase): Promise<LoweredCase> {
  const { precision, batch, size, compared } = given;
  const network = networkOfCase(given);
  const optimizer = sgd({ momentum: 0.9, weightDecay: 5e-4 });
  const options = { network, loss: crossEntropy(), optimizer, iterations: Infinity, precision };
  const begin = (): StepState => {
    const { params, state } = network.init(0, [size, size, 3]);
    return { params, state, optimizer: optimizer.init(params), loss: {} };
  };
  const free = (training: StepState) => {
    for (const tree of Object.values(training)) disposeTree(tree);
  };
  const run = (step: ReturnType<typeof trainingStep>, training: StepState, index: number) => {
    const { images, labels } = batchOf(given, index);
    const shape = [batch, size, size, 3];
    return step.run(training, { images: { data: images, shape }, labels }, {
      rate: RATE,
      iteration: index,
    });
  };

  let training = begin();
  const leaves = flatten(training);
  const state = leaves.map(([path, { shape }]) => ({ path, shape }));
  const values = compared > 0
    ? Float32Array.from(leaves.flatMap(([, tensor]) => [...tensor.dataSync()]))
    : undefined;
  const lowering = trainingStep(options);
  const { devices } = given;
  const module = await recordedModule(client, () => run(lowering, training, 0), { devices });
  lowering.dispose();
  free(training);

  const losses: number[] = [], reference = trainingStep(options);
  training = begin();
  for (let index = 0; index < compared; index++) {
    const before = training, output = await run(reference, before, index);
    training = output.training;
    free(before);
    losses.push((await output.report()).loss);
  }
  reference.dispose();
  free(training);
  return { module, values, manifest: { ...given, state, losses } };
}

function networkOfCase({ nbn: hasNbn, depth = 32, ...given }: GpuCase): Network {
  if (!hasNbn) return networkOf({ ...given, depth });
  const { classes } = given;
  return resnetCifar({ depth, classes, norm: nbn(), logits: logitsRectification() });
}

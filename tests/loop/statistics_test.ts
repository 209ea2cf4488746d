/**
 * A head trained on a frozen backbone with fixed or updated running statistics, against PyTorch
 * (tests/golden/make_second_stage.py).
 *
 * @module
 */
import { assertAlmostEquals } from "@std/assert";
import { flatten } from "../../lib/core/tree.ts";
import { engine } from "../../lib/engine/engine.ts";
import { crossEntropy } from "../../lib/losses/mod.ts";
import { sgd } from "../../lib/optim/mod.ts";
import type { StepState } from "../../lib/loop/step_definition.ts";
import { trainingStep } from "../../lib/loop/training_step.ts";
import { trainedParams } from "../../lib/loop/stages/paths.ts";
import golden from "../golden/second_stage.json" with { type: "json" };
import { assertNear, type Stored } from "../nn/formula.ts";
import { filled, imagesOf, labelsOf, networkOf } from "../nn/golden.ts";

await engine();

const { batch, size, rate } = golden;
const options = { depth: 8, nbn: "smooth" } as const;
const shape = { name: "head", batch, size, options };

for (const { statistics, losses, tensors } of golden.cases) {
  Deno.test(`a head on a frozen backbone trains like PyTorch's with ${statistics} statistics`, async () => {
    const network = networkOf(options), trains = ["head"];
    const optimizer = sgd({ weightDecay: 5e-4 });
    const step = trainingStep({
      network,
      loss: crossEntropy(),
      optimizer,
      trains,
      statistics: statistics as "fixed" | "shifting",
      iterations: losses.length,
      precision: "float32",
    });
    const { params, state } = filled(network, size, true);
    let training: StepState = {
      params,
      state,
      optimizer: optimizer.init(trainedParams({ trains }, params)),
      loss: {},
    };
    for (const [number, loss] of losses.entries()) {
      const images = imagesOf(`images/${number}`, shape).dataSync() as Float32Array;
      const labels = labelsOf(`labels/${number}`, shape).dataSync() as Int32Array;
      const input = { images: { data: images, shape: [batch, size, size, 3] }, labels };
      const output = await step.run(training, input, { rate, iteration: number });
      training = output.training;
      assertAlmostEquals((await output.report()).loss, loss, 1e-4 * loss);
    }
    const found = new Map([...flatten(training.params), ...flatten(training.state)]);
    for (const [path, expected] of Object.entries(tensors)) {
      assertNear(path, found.get(path)!, expected as Stored, 1e-4);
    }
    step.dispose();
  });
}

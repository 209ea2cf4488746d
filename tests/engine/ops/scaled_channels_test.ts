/**
 * Convolutions followed by a norm with fixed statistics, which become one convolution in a recording.
 *
 * @module
 */
import { disposeTree, type Params } from "../../../lib/core/tree.ts";
import { expectTensors } from "../../../lib/core/tensor_rank.ts";
import { tf } from "../../../lib/deps/tfjs.ts";
import { valueAndGradients } from "../../../lib/engine/gradients.ts";
import { batchNormInference, conv2d, relu } from "../../../lib/engine/ops/mod.ts";
import { profile } from "../../../lib/engine/profile.ts";
import { traced } from "../../../lib/engine/traced.ts";
import { assertEquals } from "@std/assert";
import { testOnBackends } from "../../backends.ts";
import { assertClose } from "../../train/close.ts";

const values = (shape: number[], phase: number) =>
  tf.range(0, tf.util.sizeFromShape(shape)).mul(7).add(phase).sin().reshape(shape);

const params = () => ({
  x: values([2, 5, 5, 3], 0),
  filter: values([3, 3, 3, 4], 1),
  weight: values([4], 2),
  bias: values([4], 3),
});

function step(params: Params) {
  return valueAndGradients((all) => {
    const found = expectTensors(all, { x: 4, filter: 4, weight: 1, bias: 1 }, "the step");
    const { x, filter, weight, bias } = found;
    const y = conv2d(x, filter, { stride: 2, padding: 1 });
    const mean = tf.tensor1d([0.1, -0.2, 0.3, 0]), variance = tf.tensor1d([1, 2, 0.5, 3]);
    const normalised = batchNormInference(y, weight, bias, mean, variance);
    return { loss: relu(normalised).square().sum() };
  }, params);
}

testOnBackends("a recorded norm with fixed statistics has the same gradients", async (backend) => {
  const given = params(), run = traced(step);
  const found = await run(given), expected = step(given);
  assertClose(found.loss.dataSync(), expected.loss.dataSync(), 1e-5);
  for (const [name, gradient] of Object.entries(expected.gradients)) {
    const own = found.gradients[name] as tf.Tensor;
    assertClose(own.dataSync(), (gradient as tf.Tensor).dataSync(), 1e-4);
  }
  disposeTree(found);
  run.dispose();
  // A plugin's compiler names its operations in its own way.
  if (backend === "plugin") return;
  // The convolution before the norm, which nothing uses any more, is not computed.
  const operations = await profile(step, [given], { runs: 1 });
  const convolutions = operations.filter(({ operation }) => /Conv2D$|FusedConv2D$/.test(operation));
  assertEquals(convolutions.reduce((sum, { calls }) => sum + calls, 0), 1);
}, { only: ["tensorflow"] });

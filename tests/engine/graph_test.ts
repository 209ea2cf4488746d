/**
 * Computations as graphs.
 *
 * @module
 */
import { assertEquals, assertThrows } from "@std/assert";
import { tf } from "../../lib/deps/tfjs.ts";
import { captureGraph } from "../../lib/engine/graph/capture.ts";
import { foldScales } from "../../lib/engine/graph/fold_scales.ts";
import { captureBatchFunction } from "../../lib/engine/graph/free_batch.ts";
import { conv2d, maxPool, relu, subsample } from "../../lib/engine/ops/mod.ts";
import { testOnBackends } from "../backends.ts";

const names = ({ nodes }: { nodes: readonly { operation: string }[] }) =>
  nodes.map(({ operation }) => operation);

testOnBackends(
  "captureGraph() holds each operation as one node, and constants as values",
  () => {
    const backend = tf.getBackend();
    const filter = tf.ones([3, 3, 2, 4]) as tf.Tensor4D, scale = tf.tensor1d([1, 2, 3, 4]);
    const x = tf.ones([1, 4, 4, 4]) as tf.Tensor4D;
    const graph = captureGraph((x) => {
      const y = conv2d(x as tf.Tensor4D, filter, { stride: 2, padding: 1, groups: 2 });
      x.square(); // needed by nothing
      return [relu(maxPool(subsample(y.mul(scale.sqrt()) as tf.Tensor4D, 2), { size: 1 })).clone()];
    }, [x]);
    assertEquals(names(graph), ["Conv2D", "Multiply", "EveryNth", "MaxPool", "Relu"]);
    const [conv, product] = graph.nodes;
    const strides = [2, 2], dilations = [1, 1];
    assertEquals(conv.attributes, { strides, dilations, pad: 1, groups: 2 });
    assertEquals([...product.inputs.b.constant!], [...scale.sqrt().dataSync()]);
    assertEquals(graph.outputs[0], graph.nodes[4].outputs[0]);
    assertEquals(tf.getBackend(), backend);
  },
);

testOnBackends("captureBatchFunction() frees the batch wherever it stands", () => {
  const { nodes, outputs } = captureBatchFunction(
    (x) => [x.reshape([x.shape[0] * 2, 6]).relu().reshape([x.shape[0], 12])],
    [4, 3],
  );
  assertEquals(nodes.map(({ outputs: [y] }) => y.shape), [[null, 6], [null, 6], [null, 12]]);
  assertEquals(nodes[2].attributes.shape, [null, 12]);
  assertEquals(outputs[0].shape, [null, 12]);
});

testOnBackends(
  "captureBatchFunction() refuses what depends on the batch or is read from it",
  () => {
    assertThrows(
      () => captureBatchFunction((x) => [x.mul(tf.tensor1d([x.shape[0]]))], [2]),
      RangeError,
      "what Multiply reads",
    );
    assertThrows(
      () => captureBatchFunction((x) => [x.add(tf.scalar(x.dataSync()[0]))], [2]),
      RangeError,
      "what Add reads",
    );
    assertThrows(
      () => captureBatchFunction((x) => [x.shape[0] > 2 ? x.relu() : x.relu().sqrt()], [2]),
      RangeError,
      "as many operations",
    );
  },
);

testOnBackends(
  "foldScales() leaves a convolution alone whose output is read elsewhere",
  () => {
    const filter = tf.ones([1, 1, 2, 2]) as tf.Tensor4D, scale = tf.tensor1d([3, 4]);
    const convolve = (x: tf.Tensor) => conv2d(x as tf.Tensor4D, filter);
    const x = tf.ones([1, 2, 2, 2]);
    const folded = captureGraph((x) => [convolve(x).mul(scale).add(scale).mul(scale)], [x]);
    const [node] = foldScales(folded).nodes;
    assertEquals(names(foldScales(folded)), ["Conv2D"]);
    assertEquals([...node.inputs.filter.constant!], [9, 16, 9, 16]);
    assertEquals([...node.inputs.bias.constant!], [9, 16]);
    assertEquals(node.outputs[0], folded.outputs[0]);
    const shared = captureGraph((x) => {
      const y = convolve(x);
      return [y.mul(scale).add(y)];
    }, [x]);
    assertEquals(names(foldScales(shared)), ["Conv2D", "Multiply", "Add"]);
  },
);

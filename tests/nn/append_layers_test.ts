/**
 * Layers appended to a network.
 *
 * @module
 */
import { assertEquals, assertThrows } from "@std/assert";
import { rng } from "../../lib/core/rng.ts";
import { disposeTree, flatten } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { appendLayers } from "../../lib/nn/append_layers.ts";
import { linear } from "../../lib/nn/linear.ts";
import { logitsRectification } from "../../lib/nn/logits_rectification.ts";
import { network } from "../../lib/nn/network.ts";
import { scaledLogits } from "../../lib/nn/scaled_logits.ts";
import { sequential } from "../../lib/nn/sequential.ts";
import { tDistributed, tDistributedLogits } from "../../lib/nn/t_distributed.ts";
import { testOnBackends } from "../backends.ts";
import { assertGradients, randomTensor } from "../finite_difference.ts";
import { assertClose } from "../train/close.ts";

const probe = network(
  sequential({ head: linear({ units: 3, cosine: true }), lr: logitsRectification() }),
  {
    name: "probe",
  },
);

testOnBackends(
  "appendLayers() keeps the network's paths and initial values and adds new ones",
  () => {
    const net = appendLayers(probe, { tsc: tDistributed(), scale: scaledLogits([1, 2, 3]) });
    const alone = probe.init(4, [5]), made = net.init(4, [5]);
    assertEquals(net.name, "probe-tsc-scale");
    assertEquals(flatten(made.params).map(([path]) => path), ["head/weight", "tsc/sharpness"]);
    assertEquals(flatten(made.state).map(([path]) => path), [
      "lr/mean",
      "lr/variance",
      "scale/factors",
    ]);
    const x = randomTensor([4, 5], rng(1));
    const mode = { training: true };
    const inner = probe.apply(alone.params, alone.state, x, mode);
    const outer = net.apply(made.params, made.state, x, mode);
    const expected = tDistributedLogits(inner.y as tf.Tensor2D, tf.scalar(0)).mul([1, 2, 3]);
    assertClose(outer.y.dataSync(), expected.dataSync(), 1e-6);
    assertEquals(
      flatten(outer.state).map(([path]) => path),
      flatten(made.state).map(([path]) => path),
    );
    for (const { params, state } of [alone, made]) {
      disposeTree(params);
      disposeTree(state);
    }
  },
);

testOnBackends("tDistributedLogits() agrees with its formula and with finite differences", () => {
  const cosines = tf.tensor2d([[1, 0.5, -1]]), a = tf.scalar(0.7);
  const factor = 2 * (1 + Math.log1p(Math.exp(0.7)));
  const expected = [1, 0.5, -1].map((cosine) => factor / (1 + 16 * (1 - cosine)));
  assertClose(tDistributedLogits(cosines, a).dataSync(), expected, 1e-6);
  const inner = tf.tensor2d([[0.3, -0.6], [0, 0.7]]);
  assertGradients(
    (cosines, a) => tDistributedLogits(cosines as tf.Tensor2D, a as tf.Scalar),
    [inner, a],
    { step: 2e-3 },
  );
});

testOnBackends("appended layers throw on mismatched networks", () => {
  assertThrows(
    () => appendLayers(probe, { lr: logitsRectification() }).init(0, [5]),
    RangeError,
    "lr",
  );
  assertThrows(
    () => appendLayers(probe, { scale: scaledLogits([1]) }).init(0, [5]),
    RangeError,
    "[3]",
  );
  assertThrows(() => tDistributed({ kappa: 0 }), RangeError, "kappa");
});

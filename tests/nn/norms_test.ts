import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { rng } from "../../lib/core/rng.ts";
import type { Params } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { valueAndGradients } from "../../lib/engine/gradients.ts";
import { batchNorm } from "../../lib/nn/batch_norm.ts";
import { logitsRectification } from "../../lib/nn/logits_rectification.ts";
import type { Module } from "../../lib/nn/module.ts";
import { nbn } from "../../lib/nn/nbn.ts";
import { network } from "../../lib/nn/network.ts";
import { testOnBackends } from "../backends.ts";
import { assertNear, formulaTensor } from "./formula.ts";
import { golden } from "./golden.ts";

function layerOf(kind: string, channels: number): Module {
  if (kind === "batchNorm") return batchNorm()({ channels });
  if (kind === "lr") return logitsRectification();
  const [, word] = kind.split(" ");
  return word === "plain" || word === "zero"
    ? nbn({ bias: word })({ channels })
    : nbn({ biasStart: word as "smooth" | "reference" })({ channels });
}

function parametersOf(kind: string, channels: number): Params {
  if (kind === "lr") return {};
  return {
    weight: formulaTensor("weight", [channels], 0.5, 1),
    ...(kind === "nbn zero" ? {} : { bias: formulaTensor("bias", [channels], 0.5) }),
    ...(kind.startsWith("nbn") ? { nbn: { magnitude: tf.scalar(1.3) } } : {}),
  };
}

testOnBackends(
  "batchNorm(), nbn() and logitsRectification() agree with PyTorch over two batches and in evaluation",
  () => {
    for (const { kind, shape, ...expected } of golden.norms) {
      const channels = shape[shape.length - 1], name = `${kind} [${shape}]`;
      const net = network(layerOf(kind, channels));
      const { state: fresh } = net.init(0, shape.slice(1));
      const params = parametersOf(kind, channels);
      const first = net.apply(params, fresh, formulaTensor("first", shape, 2, 0.5), {
        training: true,
      });
      const cotangent = formulaTensor("cotangent", shape);
      const { aux, gradients } = valueAndGradients(({ params, x }) => {
        const { y, state } = net.apply(params, first.state, x, { training: true });
        return { loss: y.mul(cotangent).sum(), aux: { y, state } };
      }, { params, x: formulaTensor("second", shape, 3, -0.25) });

      const { mean, variance } = aux.state;
      assertNear(`y of ${name}`, aux.y, expected.y, 1e-5);
      assertNear(`∂x of ${name}`, gradients.x, expected.x, 1e-4);
      assertNear(`mean of ${name}`, mean as tf.Tensor, expected.state.mean, 1e-5);
      assertNear(`variance of ${name}`, variance as tf.Tensor, expected.state.variance, 1e-5);
      const { nbn: shared, ...own } = gradients.params;
      for (const [path, gradient] of Object.entries({ ...own, ...(shared as Params) })) {
        assertNear(`∂${path} of ${name}`, gradient as tf.Tensor, expected.gradients[path]);
      }
      const third = formulaTensor("third", shape);
      const { y } = net.apply(params, { mean, variance }, third, { training: false });
      assertNear(`evaluation of ${name}`, y, expected.evaluated, 1e-5);
    }
  },
);

testOnBackends("gradients of norm layers agree with finite differences", () => {
  for (const kind of ["batchNorm", "nbn smooth", "nbn plain", "nbn zero", "lr"]) {
    const net = network(layerOf(kind, 2));
    const { state } = net.init(0, [2]);
    const cotangent = formulaTensor("cotangent", [5, 2]);
    const loss = (tree: Params) => {
      const { x, ...params } = tree;
      const { y } = net.apply(params, state, x as tf.Tensor, { training: true });
      return y.mul(cotangent).sum() as tf.Scalar;
    };
    const tree: Params = { ...parametersOf(kind, 2), x: formulaTensor("x", [5, 2], 2) };
    const { gradients } = valueAndGradients((tree) => ({ loss: loss(tree) }), tree);
    const step = 1e-2;
    for (const [path, tensor] of Object.entries(tree)) {
      if (!(tensor instanceof tf.Tensor)) continue;
      const values = tensor.dataSync();
      const slopes = (gradients[path] as tf.Tensor).dataSync();
      values.forEach((_, i) => {
        const at = (by: number) => {
          const moved = Float32Array.from(values, (value, j) => j === i ? value + by : value);
          return loss({ ...tree, [path]: tf.tensor(moved, tensor.shape) }).dataSync()[0];
        };
        assertAlmostEquals(slopes[i], (at(step) - at(-step)) / (2 * step), 5e-3, `${kind} ${path}`);
      });
    }
  }
});

testOnBackends("nbn() refuses a magnitude or a start for a bias that is not normalised", () => {
  for (const options of [{ tieWeightBias: false }, { biasStart: "smooth" }] as const) {
    assertThrows(
      () => nbn({ bias: "plain", ...options }),
      RangeError,
      "Expected neither tieWeightBias nor biasStart with bias plain",
    );
  }
  assertThrows(() => nbn({ bias: "none" as "zero" }), RangeError, "but found none");
});

testOnBackends("a norm does not change its state in evaluation", () => {
  const net = network(batchNorm()({ channels: 3 }));
  const { params, state } = net.init(0, [3]);
  const { state: after } = net.apply(params, state, tf.ones([2, 3]), { training: false });
  assertEquals(after, state);
});

testOnBackends("a norm throws on a single value per channel in training", () => {
  const { params, state } = batchNorm()({ channels: 3 }).init(rng(0), [3]);
  assertThrows(
    () => batchNorm()({ channels: 3 }).apply(params, state, tf.ones([1, 3]), { training: true }),
    RangeError,
    "Expected more than one value for each channel",
  );
});

testOnBackends("a norm throws on another number of channels", () => {
  assertThrows(
    () => batchNorm()({ channels: 3 }).init(rng(0), [8, 8, 4]),
    RangeError,
    "Expected the input of a norm to have 3 channels but found [8,8,4]",
  );
});

testOnBackends("logitsRectification() standardises every logit over a batch", () => {
  const layer = logitsRectification();
  const { params, state } = layer.init(rng(0), [4]);
  const z = formulaTensor("logits", [64, 4], 7, 3);
  const { y } = layer.apply(params, state, z, { training: true });
  const { mean, variance } = tf.moments(y, 0);
  for (const value of mean.dataSync()) assertAlmostEquals(value, 0, 1e-5);
  for (const value of variance.dataSync()) assertAlmostEquals(value, 1, 1e-4);
});

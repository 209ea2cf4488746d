/**
 * Compositions: trees, states and shared parameters.
 *
 * @module
 */
import { assertEquals, assertThrows } from "@std/assert";
import { rng } from "../../lib/core/rng.ts";
import { disposeTree, flatten } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { engine } from "../../lib/engine/engine.ts";
import { appendLayers } from "../../lib/nn/append_layers.ts";
import { batchNorm } from "../../lib/nn/batch_norm.ts";
import { compose } from "../../lib/nn/compose.ts";
import { linear } from "../../lib/nn/linear.ts";
import type { Module } from "../../lib/nn/module.ts";
import { nbn } from "../../lib/nn/nbn.ts";
import { network } from "../../lib/nn/network.ts";
import { sequential } from "../../lib/nn/sequential.ts";

await engine();

const paths = (tree: Parameters<typeof flatten>[0]) => flatten(tree).map(([path]) => path);

/** Counts its applications. */
const counter: Module = {
  init: (_random, shape) => ({
    params: {},
    state: { count: tf.scalar(0) },
    outputShape: [...shape],
  }),
  apply: (_params, state, x) => ({ y: x, state: { count: (state.count as tf.Tensor).add(1) } }),
};

Deno.test("compose() keeps the state of an unused part and threads that of one applied twice", () => {
  const module = compose({
    parts: { none: counter, twice: counter },
    init({ part }, shape) {
      part("none", shape);
      return part("twice", shape);
    },
    apply: ({ part }, x) => part("twice", part("twice", x)),
  });
  tf.tidy(() => {
    const { params, state } = module.init(rng(0), [1]);
    const after = module.apply(params, state, tf.zeros([1, 1]), { training: true }).state;
    const counts = flatten(after).map(([path, count]) => [path, count.dataSync()[0]]);
    assertEquals(counts, [["none/count", 0], ["twice/count", 2]]);
  });
});

Deno.test("compose() throws on a part named like a part of the base", () => {
  const base = network(linear({ units: 2 }), { name: "base" });
  const module = sequential({ weight: linear({ units: 2 }) }, base);
  assertThrows(() => module.init(rng(0), [2]), RangeError, "weight");
});

Deno.test("a network is a module with equal initial values by seed and by stream", () => {
  const net = network(
    sequential({ hidden: linear({ units: 3 }), bn: batchNorm()({ channels: 3 }) }),
  );
  const outer = sequential({ body: net, head: linear({ units: 2 }) });
  tf.tidy(() => {
    const { params } = outer.init(rng(7), [4]);
    assertEquals(paths(params), [
      "body/hidden/weight",
      "body/hidden/bias",
      "body/bn/weight",
      "body/bn/bias",
      "head/weight",
      "head/bias",
    ]);
    const values = (random: number | ReturnType<typeof rng>) =>
      flatten(net.init(random, [4]).params).map(([, tensor]) => [...tensor.dataSync()]);
    assertEquals(values(3), values(rng(3)));
  });
});

Deno.test("NBN after a network shares its magnitude, which is stored once", () => {
  const norm = () => nbn()({ channels: 3 });
  const body = network(sequential({ norm: norm() }), { name: "body" });
  const net = appendLayers(body, { last: norm() });
  const before = tf.memory().numTensors;
  const { params, state } = net.init(0, [3]);
  assertEquals(paths(params), [
    "norm/weight",
    "norm/bias",
    "nbn/magnitude",
    "last/weight",
    "last/bias",
  ]);
  assertEquals(tf.memory().numTensors - before, 5 + 4);
  for (const tree of [params, state]) disposeTree(tree);
  const clash = network(sequential({ nbn: norm() }));
  assertThrows(() => clash.init(0, [3]), RangeError, "shared parameters");
});

/**
 * Features refined by super-classes, against formulas and central differences in double precision.
 *
 * @module
 */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { rng } from "../../lib/core/rng.ts";
import { flatten, mapTree, type Params, unflatten } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { valueAndGradients } from "../../lib/engine/gradients.ts";
import {
  resnetCifar,
  ride,
  superClassAttention,
  superClassEdges,
  superDisco,
} from "../../lib/nn/mod.ts";
import { recipe } from "../../lib/recipes/mod.ts";
import { testOnBackends } from "../backends.ts";
import { randomTensor } from "../finite_difference.ts";
import { assertClose } from "../train/close.ts";

interface Packed {
  shape: number[];
  values: number[];
}

const golden: {
  vector: {
    features: Packed;
    vertices: Packed;
    weight: number[];
    bias: number;
    edges: Packed;
    attention: number[];
    plain: number[];
  };
  levels: number[];
  x: Packed;
  params: Record<string, Packed>;
  weights: Packed;
  y: Packed;
  gradients: Record<string, Packed>;
} = JSON.parse(await Deno.readTextFile(new URL("../golden/superdisco.json", import.meta.url)));

const unpack = ({ shape, values }: Packed) => tf.tensor(values, shape);
const paramsOf = () =>
  unflatten(Object.entries(golden.params).map(([path, packed]) => [path, unpack(packed)]));

testOnBackends("the graph of super-classes has the vector of the specification", () => {
  const { features, vertices, weight, bias, edges, attention, plain } = golden.vector;
  const [z, v] = [features, vertices].map((packed) => unpack(packed) as tf.Tensor2D);
  const found = superClassEdges(v, tf.tensor1d(weight), tf.scalar(bias));
  assertClose(found.dataSync(), edges.values, 1e-6);
  assertEquals(found.dataSync(), found.transpose().dataSync(), "symmetric");
  assertEquals(found.mul(tf.eye(3)).sum().dataSync()[0], 0, "a diagonal of 0");
  const a = superClassAttention(z, v);
  assertClose(a.dataSync(), attention, 1e-6);
  assertClose(z.add(tf.matMul(a, v)).div(2).tanh().dataSync(), plain, 1e-6);
});

testOnBackends("superDisco() has the output and the gradients of its formulas", () => {
  const layer = superDisco({ levels: golden.levels }), weights = unpack(golden.weights);
  const { loss, aux, gradients } = valueAndGradients(({ params, x }) => {
    const { y } = layer.apply(params as Params, {}, x as tf.Tensor, { training: true });
    return { loss: y.mul(weights).sum() as tf.Scalar, aux: { y } };
  }, { params: paramsOf(), x: unpack(golden.x) });
  assert(Number.isFinite(loss.dataSync()[0]));
  assertClose(aux.y.dataSync(), golden.y.values, 1e-5);
  for (const [path, gradient] of [...flatten(gradients.params), ["x", gradients.x] as const]) {
    assertClose(gradient.dataSync(), golden.gradients[path].values, 1e-4);
  }
});

testOnBackends(
  "superDisco() does not depend on the order of super-classes, and taps attention",
  () => {
    const layer = superDisco({ levels: [3] }),
      { params } = layer.init(rng(3), [5]),
      x = unpack(golden.x);
    const { level1 } = params as { level1: Params };
    const vertices = level1.vertices as tf.Tensor2D;
    const turned = tf.concat([vertices.slice([1, 0], [2, 5]), vertices.slice([0, 0], [1, 5])]);
    const sums: number[][] = [];
    const tap = (name: string, a: tf.Tensor) => {
      assertEquals([name, a.shape], ["super-classes1", [4, 3]]);
      sums.push([...a.sum(1).dataSync()]);
      return a;
    };
    const [one, other] = [vertices, turned].map((vertices) =>
      layer.apply({ level1: { ...level1, vertices } }, {}, x, { training: false, tap }).y.dataSync()
    );
    assertClose(other, one, 1e-6);
    for (const sum of sums) assertClose(sum, [1, 1, 1, 1], 1e-6);
  },
);

testOnBackends("superDisco() with weights of 0 leaves the logits bit for bit", () => {
  const own = { depth: 8, width: 0.25, classes: 3 }, x = randomTensor([2, 8, 8, 3], rng(0));
  const plain = resnetCifar(own), refined = resnetCifar({ ...own, refine: superDisco() });
  const made = plain.init(0, [8, 8, 3]), other = refined.init(0, [8, 8, 3]);
  const { refine } = other.params as { refine: Params };
  const zeros = mapTree(
    refine,
    (value, path) => path.includes("images/") ? tf.zerosLike(value) : value.clone(),
  );
  const logits = (network: typeof plain, params: Params) =>
    network.apply(params, made.state, x, { training: false }).y.dataSync();
  assertEquals(logits(refined, { ...made.params, refine: zeros }), logits(plain, made.params));
  assert(`${logits(refined, { ...made.params, refine })}` !== `${logits(plain, made.params)}`);
}, { only: ["tensorflow", "wasm"] });

Deno.test("the features of superDisco() are the embedding, for each expert apart", () => {
  tf.tidy(() => {
    const experts = ride(
      (options) => resnetCifar({ depth: 8, width: 0.25, classes: 3, ...options }),
      {
        experts: 2,
        refine: superDisco({ levels: [2] }),
      },
    );
    const { params, state } = experts.init(0, [8, 8, 3]), shapes = new Map<string, number[]>();
    experts.apply(params, state, tf.zeros([2, 8, 8, 3]), {
      training: false,
      tap: (name, feature) => (shapes.set(name, feature.shape), feature),
    });
    const paths = flatten(params).map(([path]) => path);
    assert(paths.includes("expert2/refine/level1/vertices"));
    assertEquals(shapes.get("embedding"), [2, 24]);
    assertEquals(shapes.get("expert2/super-classes1"), [2, 2]);
  });
});

Deno.test("superdisco has as many super-classes as classes allow", () => {
  const sizes = (classes: number) =>
    tf.tidy(() =>
      flatten(recipe("builtin/superdisco").network(classes).init(0, [8, 8, 3]).params)
        .filter(([path]) => path.endsWith("/vertices")).map(([, { shape }]) => shape[0])
    );
  assertEquals([1, 3, 10, 100, 1000].map(sizes), [
    [1, 1],
    [1, 1],
    [4, 5],
    [16, 32],
    [16, 32, 64],
  ]);
});

Deno.test("superDisco() refuses what it cannot compute", () => {
  assertThrows(() => superDisco({ levels: [] }), RangeError, "at least one level");
  assertThrows(() => superDisco({ levels: [4, 0] }), RangeError, "level 2");
  assertThrows(() => superDisco({ spread: 0 }), RangeError, "spread");
  assertThrows(() => superDisco().init(rng(0), [8, 8, 3]), RangeError, "pool first");
});

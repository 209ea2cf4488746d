import { assertEquals, assertThrows } from "@std/assert";
import {
  disposeTree,
  flatten,
  flattenTensors,
  mapTree,
  type Params,
  type Tree,
  unflatten,
} from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { engine } from "../../lib/engine/engine.ts";

await engine();

Deno.test("unflatten() is the inverse of flatten()", () => {
  const tree = { stem: { conv: { weight: tf.scalar(1) } }, head: { bias: tf.scalar(2) } };
  const entries = flatten(tree);
  assertEquals(entries.map(([path]) => path), ["stem/conv/weight", "head/bias"]);
  assertEquals(flatten(unflatten(entries)), entries);
  disposeTree(tree);
});

Deno.test("unflatten() throws on paths that contradict each other", () => {
  const x = tf.scalar(1);
  assertThrows(() => unflatten([["a", x], ["a/b", x]]), RangeError, "a is a leaf");
  assertThrows(() => unflatten([["a", x], ["a", x]]), RangeError, "found a twice");
  x.dispose();
});

Deno.test("unflatten() treats __proto__ as an ordinary name", () => {
  const x = tf.scalar(1);
  const tree = unflatten([["__proto__/polluted", x], ["constructor/prototype/y", x]]);
  const mapped = mapTree(tree, (tensor) => tensor);
  assertEquals(({} as Params).polluted, undefined);
  assertEquals((mapped as Params).polluted, undefined);
  assertEquals(flatten(mapped).map(([path]) => path), flatten(tree).map(([path]) => path));
  assertEquals(flatten(tree).map(([path]) => path), [
    "__proto__/polluted",
    "constructor/prototype/y",
  ]);
  x.dispose();
});

Deno.test("mapTree() keeps the structure of a tree", () => {
  const tree = { a: { b: tf.scalar(1) }, c: tf.scalar(2) };
  const paths: string[] = [];
  const doubled = mapTree(tree, (tensor, path) => {
    paths.push(path);
    return tensor.mul(2);
  });
  assertEquals(paths, ["a/b", "c"]);
  assertEquals(flatten(doubled).map(([, tensor]) => tensor.dataSync()[0]), [2, 4]);
  disposeTree(tree);
  disposeTree(doubled);
});

Deno.test("mapTree() and flatten() accept arrays, empty branches and leaves of any type", () => {
  const bytes = new Uint8Array(2);
  const tree = { list: [1, { deep: "a" }], none: {}, bytes };
  assertEquals(flatten<unknown>(tree), [["list/0", 1], ["list/1/deep", "a"], ["bytes", bytes]]);
  assertEquals({ ...mapTree<unknown, string>(tree, (leaf) => `${leaf}`) }, {
    list: ["1", { deep: "a" }],
    none: {},
    bytes: "0,0",
  });
  assertEquals(flatten<number>(7), [["", 7]]);
});

Deno.test("flattenTensors() lists tensors and restores the structure", () => {
  const tree = {
    list: [tf.scalar(1), { deep: tf.scalar(2) }] as const,
    one: tf.scalar(3),
    none: {},
  };
  const { tensors, structure, restore } = flattenTensors(tree, "tree");
  assertEquals(tensors.map((tensor) => tensor.dataSync()[0]), [1, 2, 3]);
  assertEquals(structure, { list: [null, { deep: null }], one: null, none: {} });
  assertEquals(restore(tensors), tree);
  tf.dispose(tensors);
});

Deno.test("flattenTensors() throws on a leaf that is not a tensor", () => {
  assertThrows(
    () => flattenTensors({ a: [null as unknown as Tree<tf.Tensor>] }, "x"),
    TypeError,
    "Expected x/a/0 to be a tensor, or an array or record of tensors, but found null",
  );
});

import { assertEquals, assertThrows } from "@std/assert";
import { putTogether, takeApart, type Tree } from "../../lib/core/pytree.ts";
import { disposeTree, flatten, mapTree, type Params, unflatten } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { engine } from "../../lib/engine/engine.ts";

await engine();

Deno.test("unflatten() undoes flatten()", () => {
  const tree = { stem: { conv: { weight: tf.scalar(1) } }, head: { bias: tf.scalar(2) } };
  const entries = flatten(tree);
  assertEquals(entries.map(([path]) => path), ["stem/conv/weight", "head/bias"]);
  assertEquals(flatten(unflatten(entries)), entries);
  disposeTree(tree);
});

Deno.test("unflatten() throws on paths that contradict each other", () => {
  const x = tf.scalar(1);
  assertThrows(() => unflatten([["a", x], ["a/b", x]]), RangeError, "a is a tensor");
  assertThrows(() => unflatten([["a", x], ["a", x]]), RangeError, "found a twice");
  x.dispose();
});

Deno.test("unflatten() treats names like __proto__ as names", () => {
  const x = tf.scalar(1);
  const tree = unflatten([["__proto__/polluted", x], ["constructor/prototype/y", x]]);
  assertEquals(({} as Params).polluted, undefined);
  assertEquals(flatten(tree).map(([path]) => path), [
    "__proto__/polluted",
    "constructor/prototype/y",
  ]);
  x.dispose();
});

Deno.test("mapTree() keeps the shape of a tree", () => {
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

Deno.test("putTogether() undoes takeApart()", () => {
  const tree: Tree = { list: [tf.scalar(1), { deep: tf.scalar(2) }], one: tf.scalar(3), none: {} };
  const { tensors, structure } = takeApart(tree, "tree");
  assertEquals(tensors.map((tensor) => tensor.dataSync()[0]), [1, 2, 3]);
  assertEquals(putTogether(structure, tensors), tree);
  tf.dispose(tensors);
});

Deno.test("takeApart() names the leaf that is no tensor", () => {
  assertThrows(
    () => takeApart({ a: [null as unknown as Tree] }, "x"),
    TypeError,
    "Expected x.a[0] to be a tensor, or an array or record of tensors, but found null",
  );
});

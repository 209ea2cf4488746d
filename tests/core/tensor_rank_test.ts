import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import { expectRank, expectTensors } from "../../lib/core/tensor_rank.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { engine } from "../../lib/engine/engine.ts";

await engine();

Deno.test("expectRank() returns the tensor and throws on any other value", () => {
  const x = tf.zeros([2, 3]);
  assertStrictEquals(expectRank(x, 2, "x"), x);
  const expected = "Expected x to be a tensor of rank 1 but found ";
  for (
    const [value, found] of [[x, "[2,3]"], [undefined, "none"], [{}, "a branch"], [7, "number"]]
  ) {
    assertThrows(() => expectRank(value, 1, "x"), TypeError, `${expected}${found}`);
  }
  x.dispose();
});

Deno.test("expectTensors() finds tensors by path and names the missing one", () => {
  const weight = tf.zeros([2, 3]), tree = { head: { weight } };
  assertEquals(expectTensors(tree, { "head/weight": 2 }, "net")["head/weight"], weight);
  assertThrows(
    () => expectTensors(tree, { "head/weight": 2, "head/weight/x": 1 }, "net"),
    TypeError,
    "Expected head/weight/x of net to be a tensor of rank 1 but found none",
  );
  weight.dispose();
});

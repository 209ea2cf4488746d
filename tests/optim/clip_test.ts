import { assertAlmostEquals, assertEquals } from "@std/assert";
import { flatten, type Params } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { clipped } from "../../lib/optim/clip.ts";
import { testOnBackends } from "../backends.ts";
import golden from "../golden/settings.json" with { type: "json" };
import { assertClose } from "../train/close.ts";

const SHAPES = [[3, 2], [4], []];

for (const { most, gradients, norm, clipped: expected } of golden.clipped) {
  testOnBackends(`clipped() to ${most} agrees with PyTorch's clip_grad_norm_`, () => {
    const tree: Params = Object.fromEntries(
      gradients.map((values, i) => [`p${i}`, tf.tensor(values, SHAPES[i])]),
    );
    const found = clipped(tree, most);
    assertAlmostEquals(found.norm.dataSync()[0] / norm, 1, 1e-6);
    flatten(found.gradients).forEach(([, tensor], i) =>
      assertClose(tensor.dataSync(), expected[i], 1e-5)
    );
  });
}

testOnBackends(
  "clipped() does not depend on the order of parameters, which a checkpoint changes",
  () => {
    // In float32, the sum of 2²⁴ and many ones depends on which come first.
    const ones = Array.from({ length: 64 }, (_, i) => [`b${i}`, tf.scalar(1)] as const);
    const trees = [[["a", tf.scalar(4096)] as const, ...ones], [
      ...ones,
      ["a", tf.scalar(4096)] as const,
    ]]
      .map((entries) => clipped(Object.fromEntries(entries), 1).norm.dataSync()[0]);
    assertEquals(trees[0], trees[1]);
  },
);

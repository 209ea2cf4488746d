/**
 * Losses with a state in a training.
 *
 * @module
 */
import { assertRejects, assertThrows } from "@std/assert";
import { UsageError } from "../../lib/core/errors.ts";
import { builtin } from "../../lib/data/builtin/mod.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { crossEntropy, type StatefulLoss } from "../../lib/losses/mod.ts";
import { resnetCifar } from "../../lib/nn/mod.ts";
import { type LossToken, recipe } from "../../lib/recipes/mod.ts";
import { train } from "../../lib/train/mod.ts";

/** Cross-entropy that counts batches and returns its count through `change`. */
function counting(change: (count: tf.Tensor) => Record<string, tf.Tensor>): StatefulLoss {
  const loss = crossEntropy();
  return {
    init: () => ({ count: tf.zeros([2]) }),
    apply: (state, logits, labels) => ({
      loss: loss(logits, labels),
      state: change(state.count as tf.Tensor),
    }),
  };
}

Deno.test("train() refuses a loss whose state changes its shape or its names", async () => {
  const data = builtin({ max: 8, imbalance: 2, testImages: 1 });
  const network = resnetCifar({ depth: 8, width: 0.25, classes: 10 });
  const wrong: [(count: tf.Tensor) => Record<string, tf.Tensor>, string][] = [
    [(count) => ({ count: count.sum() }), "count is [] instead of [2]"],
    [() => ({}), "count [2] is missing"],
  ];
  for (const [change, message] of wrong) {
    await assertRejects(
      () => train({ data, network, loss: counting(change), batch: 4, iterations: 1 }),
      TypeError,
      message,
    );
  }
});

Deno.test("recipe() refuses a loss with a state beside mixed images", () => {
  const token: LossToken = {
    kind: "loss",
    name: "counting",
    about: "cross-entropy that counts batches",
    source: "–",
    functions: [],
    loss: () => counting((count) => ({ count: count.add(1) })),
  };
  assertThrows(
    () => recipe("builtin/counting+mixup", { registry: { tokens: [token] } }),
    UsageError,
    "has a state",
  );
});

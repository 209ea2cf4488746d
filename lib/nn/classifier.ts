/**
 * The end of every network: global average pooling and a classifier.
 *
 * @module
 */
import { expectRank } from "../core/tensor_rank.ts";
import { globalAveragePool } from "../engine/ops/mod.ts";
import { linear } from "./linear.ts";
import type { Module } from "./module.ts";
import { stateless, withTap } from "./sequential.ts";

/** Options of {@linkcode classifier}. */
export interface ClassifierOptions {
  /** Number of classes. */
  classes: number;
  /**
   * The classifier: linear, cosines of features and weights (LDAM), or a custom layer from `[channels]` to
   * `[classes]`.
   *
   * @default {"linear"}
   */
  head?: "linear" | "cosine" | Module;
  /** Module applied to the pooled features before the classifier, for instance `superDisco()`. */
  refine?: Module;
  /** Module applied to the logits, for instance `logitsRectification()`; its parameters and state are stored under `lr`. */
  logits?: Module;
}

/**
 * Creates global average pooling, the classifier and the module applied to its logits.
 *
 * @param options Classes, head, modules before and after it.
 * @returns The parts `pool` and, if given, `refine`, whose output is tapped as `embedding`; the parts `head` and, if
 * `logits` is given, `lr`, tapped as `logits`.
 */
export function classifier(
  { classes, head, refine, logits }: ClassifierOptions,
): { features: Record<string, Module>; classify: Record<string, Module> } {
  const pool = stateless(
    (x) => globalAveragePool(expectRank(x, 4, "the input of pooling")),
    ([, , channels]) => [channels],
  );
  const last = reported(
    typeof head === "object" ? head : linear({ units: classes, cosine: head === "cosine" }),
  );
  return {
    features: refine
      ? { pool, refine: withTap("embedding", refine) }
      : { pool: withTap("embedding", pool) },
    classify: logits
      ? { head: last, lr: withTap("logits", logits) }
      : { head: withTap("logits", last) },
  };
}

/** Reports a classifier to `mode.onClassifier`. */
function reported(head: Module): Module {
  return {
    init: head.init,
    apply(params, state, x, mode) {
      const { training, shared } = mode;
      mode.onClassifier?.({
        channels: x.shape[1]!,
        logits: (features) =>
          expectRank(head.apply(params, state, features, { training, shared }).y, 2, "logits"),
      });
      return head.apply(params, state, x, mode);
    },
  };
}

/**
 * What a loss sees of a network besides its output.
 *
 * @module
 */
import type { tf } from "../deps/tfjs.ts";
import type { LossContext, LossInput } from "../losses/loss.ts";
import type { Mode } from "../nn/module.ts";

/** Tap of what the classifier gets. */
const EMBEDDING = "embedding";
/** Taps of what the classifiers of several experts say. */
const EXPERT = /^expert[1-9]\d*\/logits$/;

/** Collects what a loss uses, while a network is applied. */
export interface Taps {
  /** For the network's mode; missing where the loss looks at the output alone. */
  readonly tap: Mode["tap"];
  /** What was collected. */
  found(): Pick<LossContext, "features" | "experts">;
}

/**
 * Listens to the taps `embedding` and `expert1/logits`, `expert2/logits`, …
 *
 * @param uses What the loss uses.
 * @returns For one application of a network.
 */
export function lossTaps(uses: readonly LossInput[] = []): Taps {
  let features: tf.Tensor2D | undefined;
  const experts: tf.Tensor2D[] = [];
  const wanted = (name: string) =>
    uses.includes("features") && name === EMBEDDING ||
    uses.includes("experts") && EXPERT.test(name);
  const tap = (name: string, feature: tf.Tensor) => {
    if (!wanted(name)) return feature;
    if (name === EMBEDDING) features = feature as tf.Tensor2D;
    else experts.push(feature as tf.Tensor2D);
    return feature;
  };
  return {
    tap: uses.includes("features") || uses.includes("experts") ? tap : undefined,
    found: () => ({ features, experts: experts.length > 0 ? experts : undefined }),
  };
}

/**
 * What a loss sees of a network besides its output.
 *
 * @module
 */
import type { tf } from "../deps/tfjs.ts";
import type { LossContext, LossInput } from "../losses/loss.ts";
import type { AppliedNorm, Mode } from "../nn/module.ts";

/** Taps by what losses call them; `experts` are several. */
const TAPS: Readonly<Record<string, Exclude<LossInput, "seed" | "experts" | "teacher" | "norms">>> =
  {
    embedding: "features",
    routes: "routes",
    projections: "projections",
    keys: "keys",
    prototypes: "prototypes",
  };
/** Taps of what the classifiers of several experts say. */
const EXPERT = /^expert[1-9]\d*\/logits$/;

/** Collects what a loss uses, while a network is applied. */
export interface Taps {
  /** For the network's mode; missing where the loss looks at the output alone. */
  readonly tap: Mode["tap"];
  /** For the network's mode; missing where the loss does not look at norms. */
  readonly onNorm: Mode["onNorm"];
  /** What was collected. */
  found(): Omit<LossContext, "progress" | "seed" | "teacher">;
}

/**
 * Listens to the taps that a loss looks at: `embedding`, `expert1/logits`, `expert2/logits`, …, `routes`,
 * `projections`, `keys`, `prototypes`.
 *
 * @param uses What the loss uses.
 * @returns For one application of a network.
 */
export function lossTaps(uses: readonly LossInput[] = []): Taps {
  const found: Record<string, tf.Tensor2D> = {};
  const experts: tf.Tensor2D[] = [];
  const norms: AppliedNorm[] = [];
  const tap = (name: string, feature: tf.Tensor) => {
    const input = TAPS[name];
    if (input && uses.includes(input)) found[input] = feature as tf.Tensor2D;
    if (EXPERT.test(name) && uses.includes("experts")) experts.push(feature as tf.Tensor2D);
    return feature;
  };
  const listens = uses.some((input) =>
    input === "experts" || Object.values(TAPS).includes(input as never)
  );
  return {
    tap: listens ? tap : undefined,
    onNorm: uses.includes("norms") ? (norm) => void norms.push(norm) : undefined,
    found: () => ({
      ...found,
      ...(experts.length > 0 ? { experts } : {}),
      ...(norms.length > 0 ? { norms } : {}),
    }),
  };
}

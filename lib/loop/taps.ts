/**
 * Inputs of a loss from inside the network, besides its output.
 *
 * @module
 */
import type { tf } from "../deps/tfjs.ts";
import type { LossContext, LossInput } from "../losses/loss.ts";
import type { AppliedNorm, Mode } from "../nn/module.ts";

/** Names of taps mapped to inputs of a loss, except for `experts`, which combine several taps. */
const TAPS: Readonly<Record<string, Exclude<LossInput, "seed" | "experts" | "teacher" | "norms">>> =
  {
    embedding: "features",
    routes: "routes",
    projections: "projections",
    keys: "keys",
    prototypes: "prototypes",
  };
/** Taps of the logits of experts. */
const EXPERT = /^expert[1-9]\d*\/logits$/;

/** Hooks that collect the inputs of a loss while a network is applied. */
export interface Taps {
  /** Tap hook for the network's mode; missing if the loss uses no tap. */
  readonly tap: Mode["tap"];
  /** Norm hook for the network's mode; missing if the loss does not use norms. */
  readonly onNorm: Mode["onNorm"];
  /** Returns the collected inputs. */
  found(): Omit<LossContext, "progress" | "seed" | "teacher">;
}

/**
 * Creates hooks for the taps that a loss uses: `embedding`, `expert1/logits`, `expert2/logits`, …, `routes`,
 * `projections`, `keys`, `prototypes`.
 *
 * @param uses Inputs of the loss.
 * @returns Hooks for a single application of a network.
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

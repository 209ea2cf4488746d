/**
 * Inputs of a loss from inside the network, besides its output.
 *
 * @module
 */
import type { tf } from "../deps/tfjs.ts";
import { LOSS_INPUTS, type LossInput, type LossInputs } from "../losses/inputs.ts";
import type { AppliedClassifier, AppliedNorm, Mode } from "../nn/module.ts";

/** Hooks that collect the inputs of a loss while a network is applied. */
export interface Taps {
  /** Tap hook for the network's mode; missing if the loss uses no tap. */
  readonly tap: Mode["tap"];
  /** Norm hook for the network's mode; missing if the loss does not use norms. */
  readonly onNorm: Mode["onNorm"];
  /** Classifier hook for the network's mode; missing if the loss does not use classifiers. */
  readonly onClassifier: Mode["onClassifier"];
  /** Returns the collected inputs. */
  found(): LossInputs;
}

/**
 * Creates hooks for the inputs of a loss that a network shows.
 *
 * @param uses Inputs of the loss.
 * @returns Hooks for a single application of a network.
 */
export function lossTaps(uses: readonly LossInput[] = []): Taps {
  const found: Partial<Record<LossInput, tf.Tensor | tf.Tensor[]>> = {};
  const norms: AppliedNorm[] = [];
  const classifiers: AppliedClassifier[] = [];
  const taps = uses.flatMap((input) => {
    const tap = LOSS_INPUTS[input].tap;
    return tap ? [{ input, name: tap.name }] : [];
  });
  const tap = (path: string, feature: tf.Tensor) => {
    for (const { input, name } of taps) {
      if (typeof name === "string") {
        if (name === path) found[input] = feature;
      } else if (name.test(path)) {
        found[input] = [...(found[input] as tf.Tensor[] | undefined) ?? [], feature];
      }
    }
    return feature;
  };
  return {
    tap: taps.length > 0 ? tap : undefined,
    onNorm: uses.includes("norms") ? (norm) => void norms.push(norm) : undefined,
    onClassifier: uses.includes("classifiers")
      ? (classifier) => void classifiers.push(classifier)
      : undefined,
    found: () => ({
      ...found as LossInputs,
      ...(norms.length > 0 ? { norms } : {}),
      ...(classifiers.length > 0 ? { classifiers } : {}),
    }),
  };
}

/**
 * Replacement of the mean of the experts' logits.
 *
 * @module
 */
import { expectRank } from "../core/tensor_rank.ts";
import type { Params } from "../core/tree.ts";
import type { tf } from "../deps/tfjs.ts";
import type { Mode } from "./module.ts";
import type { Network } from "./network.ts";

/** Outputs of a network's experts for a batch. */
export interface ExpertOutputs {
  /** Logits of each expert, each `[batch, classes]`. */
  readonly logits: readonly tf.Tensor2D[];
  /** Concatenated embeddings of all experts, `[batch, count · channels]`. */
  readonly embedding: tf.Tensor2D;
}

/**
 * Creates a tap that replaces the mean of the experts' logits.
 *
 * @param tap The mode's own tap, which is still called with every feature.
 * @param answer Computes the logits, `[batch, classes]`, from the experts' outputs.
 * @returns The tap for the network's mode.
 */
export function combineExperts(
  tap: Mode["tap"],
  answer: (found: ExpertOutputs) => tf.Tensor,
): NonNullable<Mode["tap"]> {
  const logits: tf.Tensor2D[] = [];
  let embedding: tf.Tensor2D;
  const seen = (name: string, feature: tf.Tensor) => tap ? tap(name, feature) : feature;
  return (name, feature) => {
    if (name === "logits") return seen(name, answer({ logits, embedding }));
    const used = seen(name, feature);
    if (name === "embedding") embedding = expectRank(used, 2, "the experts' embedding");
    if (/^expert\d+\/logits$/.test(name)) logits.push(expectRank(used, 2, name));
    return used;
  };
}

/**
 * Returns the number of experts of a network.
 *
 * @param network The network.
 * @param params Its parameters.
 * @returns At least 2.
 * @throws {RangeError} If it has none.
 */
export function countExperts({ name }: Network, params: Params): number {
  const count = Object.keys(params).filter((part) => /^expert\d+$/.test(part)).length;
  if (count > 1) return count;
  throw new RangeError(
    `Expected a network of at least 2 experts but found ${name}, which has none: create it with ride()`,
  );
}

/**
 * Tokens for losses that need neither a network nor a training of their own: they follow from the descriptions of the
 * losses themselves.
 *
 * @module
 */
import * as losses from "../../losses/mod.ts";
import type { LossToken } from "./loss_token.ts";

/** A token for every loss that has a description. */
export const DESCRIBED_LOSSES: readonly LossToken[] = Object.values(losses).flatMap((exported) => {
  if (!("description" in exported)) return [];
  const { token, ...description } = exported.description;
  return [{ kind: "loss", name: token, functions: [exported.name], ...description }];
});

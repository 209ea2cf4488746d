/**
 * Parts of a network that a recipe chooses.
 *
 * @module
 */
import type { ExpertsOptions } from "../nn/experts.ts";
import type { Module, Norm } from "../nn/module.ts";

/** Parts of a network. */
export interface NetworkPieces {
  /** Its classifier. */
  readonly head: "linear" | "cosine" | Module;
  /** Its norm layers, if not plain batch norm. */
  readonly norm?: Norm;
  /** Module applied to its logits. */
  readonly logits?: Module;
  /** Whether its convolutions have Weight Normalization. */
  readonly weightNorm?: boolean;
  /** Its experts, if it has several. */
  readonly experts?: ExpertsOptions;
}

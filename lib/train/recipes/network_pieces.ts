/**
 * What a recipe makes a network of.
 *
 * @module
 */
import type { ExpertsOptions } from "../../nn/experts.ts";
import type { Module, Norm } from "../../nn/module.ts";

/** What a network is made with. */
export interface NetworkPieces {
  /** Its classifier. */
  readonly head: "linear" | "cosine" | Module;
  /** Its norm layers, where they are not plain batch norm. */
  readonly norm?: Norm;
  /** What is applied to its logits. */
  readonly logits?: Module;
  /** Whether its convolutions have Weight Normalization. */
  readonly weightNorm?: boolean;
  /** Experts, where it has several. */
  readonly experts?: ExpertsOptions;
}

/**
 * Type of the tokens for mixing images.
 *
 * @module
 */
import type { Mixing } from "../../loop/mixing.ts";
import type { DataSetProperties } from "../data_sets/properties.ts";
import type { Reasons, Token } from "../token.ts";

/** A method of mixing images. */
export interface MixingToken extends Token {
  /** The kind of these tokens. */
  readonly kind: "mixing";
  /** Returns how to mix batches of a data set. */
  readonly mixing: (dataSet: DataSetProperties) => Mixing;
  /** Whether each image of a batch has its own λ, so that the loss needs a soft target per image. */
  readonly perImage?: boolean;
}

/**
 * Returns what a method of mixing needs, which follows from its definition.
 *
 * @param mixing The method.
 * @returns Reasons by property.
 */
export function mixingNeeds({ perImage }: MixingToken): Reasons {
  return {
    "mixed images": "mixes images",
    "single loss": "replaces the loss",
    ...(perImage ? { "soft targets": "gives each image a separate target" } : {}),
  };
}

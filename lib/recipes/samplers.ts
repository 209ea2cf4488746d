/**
 * Tokens for samplers, which follow from the descriptions of the samplers themselves.
 *
 * @module
 */
import * as samplers from "../samplers/mod.ts";
import type { Sampler } from "../samplers/mod.ts";
import type { Token } from "./token.ts";

/** A sampler. */
export interface SamplerToken extends Token {
  /** The kind of these tokens. */
  readonly kind: "sampler";
  /** Makes the sampler of a stage that draws `draws` images in total. */
  readonly sampler: (draws: number) => Sampler;
}

/** A token for every sampler that has a description. */
export const SAMPLERS: readonly SamplerToken[] = Object.values(samplers).flatMap((exported) => {
  if (!("description" in exported)) return [];
  const { token, ...description } = exported.description;
  return [{ kind: "sampler", name: token, functions: [exported.name], ...description }];
});

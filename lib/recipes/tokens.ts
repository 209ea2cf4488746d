/**
 * All tokens of recipes by kind. A new token is an entry in the table of its kind; a new kind is a new table, listed
 * here.
 *
 * @module
 */
import { DEFERRALS } from "./deferrals.ts";
import { EXPERTS } from "./experts.ts";
import { LAYERS } from "./layers.ts";
import { LOSSES } from "./losses.ts";
import { MIXINGS } from "./mixing.ts";
import { POST_HOC } from "./post_hoc.ts";
import { REGULARIZATIONS } from "./regularizations.ts";
import { SAMPLERS } from "./samplers.ts";
import { SECOND_STAGES } from "./second_stages.ts";
import type { Token } from "./token.ts";

/** A kind of token. */
export interface Kind {
  /** Its tokens. */
  readonly tokens: Readonly<Record<string, Token>>;
  /** Largest number of its tokens in a recipe. */
  readonly most: number;
}

/** Every kind by its name. */
export const KINDS: Readonly<Record<string, Kind>> = {
  loss: { tokens: LOSSES, most: 1 },
  "number of experts": { tokens: EXPERTS, most: 1 },
  regularisation: { tokens: REGULARIZATIONS, most: 1 },
  sampler: { tokens: SAMPLERS, most: 1 },
  mixing: { tokens: MIXINGS, most: 1 },
  deferral: { tokens: DEFERRALS, most: 1 },
  "second stage": { tokens: SECOND_STAGES, most: 1 },
  "post-hoc method": { tokens: POST_HOC, most: 1 },
  layer: { tokens: LAYERS, most: Infinity },
};

/** Every token with its kind. */
export const ALL: ReadonlyMap<string, { readonly kind: string; readonly token: Token }> = new Map(
  Object.entries(KINDS).flatMap(([kind, { tokens }]) =>
    Object.entries(tokens).map(([name, token]) => [name, { kind, token }] as const)
  ),
);

/** Names of all tokens. */
export const TOKENS: readonly string[] = [...ALL.keys()];

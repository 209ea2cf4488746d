/**
 * The kinds of tokens, and what follows from the definition of a token of each kind.
 *
 * @module
 */
import type { DeferralToken } from "./deferrals/deferral_token.ts";
import type { ExpertsToken } from "./experts/experts_token.ts";
import type { LayerToken } from "./layers/layer_token.ts";
import { type LossToken, unsupported } from "./losses/loss_token.ts";
import { mixingNeeds, type MixingToken } from "./mixings/mixing_token.ts";
import type { PostHocToken } from "./post_hoc/post_hoc_token.ts";
import type { RegularizationToken } from "./regularizations/regularization_token.ts";
import type { SamplerToken } from "./samplers.ts";
import { type SecondStageToken, withoutLinear } from "./second_stages/second_stage_token.ts";
import type { Property, Reasons } from "./token.ts";

/** A token of any kind. */
export type AnyToken =
  | LossToken
  | ExpertsToken
  | RegularizationToken
  | SamplerToken
  | MixingToken
  | DeferralToken
  | SecondStageToken
  | PostHocToken
  | LayerToken;

/** Name of a kind. */
export type KindName = AnyToken["kind"];

/** The token of a kind. */
export type TokenOf<Kind extends KindName> = Extract<AnyToken, { readonly kind: Kind }>;

/** The kinds in the order in which the tokens of a method are applied. */
export const KINDS: readonly KindName[] = [
  "loss",
  "number of experts",
  "regularisation",
  "sampler",
  "mixing",
  "deferral",
  "second stage",
  "post-hoc method",
  "layer",
];

/**
 * Returns the place that a token takes in a method; two tokens cannot have the same.
 *
 * @param token The token.
 * @returns Name of the place, or `undefined` if any number of such tokens can be combined.
 */
export function placeOf(token: AnyToken): string | undefined {
  if (token.kind !== "layer") return token.kind;
  if (token.norm) return "kind of norm layers";
  if (token.refine) return "module before the classifier";
  return token.logits ? "module after the logits" : undefined;
}

/**
 * Returns what a token needs: as it declares, and as follows from its definition.
 *
 * @param token The token.
 * @returns Reasons by property or token.
 */
export function needsOf(token: AnyToken): Reasons {
  return { ...(token.kind === "mixing" ? mixingNeeds(token) : {}), ...token.needs };
}

/**
 * Returns what a token is incompatible with: as it declares, and as follows from its definition.
 *
 * @param token The token.
 * @returns Reasons by property or token.
 */
export function refusalsOf(token: AnyToken): Reasons {
  const derived = token.kind === "loss"
    ? unsupported(token)
    : token.kind === "second stage"
    ? withoutLinear(token)
    : token.kind === "layer" && token.logits
    ? { "plain logits": "changes the logits" }
    : {};
  return { ...derived, ...token.refuses };
}

/**
 * Returns whether a method has a property by a token.
 *
 * @param token The token.
 * @param property The property, or the name of the token.
 * @returns Whether it has.
 */
export function hasProperty(token: AnyToken, property: Property): boolean {
  return token.name === property || token.provides?.includes(property) === true;
}

/**
 * Finds the tokens of a kind.
 *
 * @param tokens Tokens of a method.
 * @param kind The kind.
 * @returns Those of the kind, in the same order.
 */
export function ofKind<Kind extends KindName>(
  tokens: readonly AnyToken[],
  kind: Kind,
): readonly TokenOf<Kind>[] {
  return tokens.filter((token): token is TokenOf<Kind> => token.kind === kind);
}

/**
 * The compatibility of the tokens of a method: one check of what they need, provide and refuse.
 *
 * @module
 */
import { UsageError } from "../core/errors.ts";
import { type AnyToken, hasProperty, needsOf, placeOf, refusalsOf } from "./kinds.ts";
import { DEFAULT_PROPERTIES, type Property, type Reasons } from "./token.ts";

/**
 * Checks that tokens are compatible: every place is taken once, nothing is present that a token refuses, and everything
 * that a token needs is provided, or allowed by default and not refused.
 *
 * @param tokens Tokens of a method.
 * @param recipe Full name of the recipe, for error messages.
 * @param known All tokens, for error messages.
 * @throws {UsageError} If they are not, with the reason.
 */
export function expectCompatible(
  tokens: readonly AnyToken[],
  recipe: string,
  known: Iterable<AnyToken>,
): void {
  expectPlaces(tokens, recipe);
  for (const token of tokens) {
    for (const [property, reason] of reasonsIn(refusalsOf(token))) {
      const other = tokens.find((other) => other !== token && hasProperty(other, property));
      if (!other) continue;
      throw new UsageError(
        `Expected recipe ${recipe} not to combine ${other.name} with ${token.name}, since ${token.name} ${reason}`,
      );
    }
    for (const [property, reason] of reasonsIn(needsOf(token))) {
      const others = tokens.filter((other) => other !== token);
      for (const other of others) {
        const refusal = refusalsOf(other)[property];
        if (refusal === undefined) continue;
        throw new UsageError(
          `Expected recipe ${recipe} not to combine ${token.name} with ${other.name}, since ` +
            `${token.name} ${reason}, and ${other.name} ${refusal}`,
        );
      }
      if (Object.hasOwn(DEFAULT_PROPERTIES, property)) continue;
      if (others.some((other) => hasProperty(other, property))) continue;
      const providers = [...known].filter((other) => hasProperty(other, property));
      const kinds = new Set(providers.map(placeOf));
      const instead = others.filter((other) => kinds.has(placeOf(other)));
      throw new UsageError(
        `Expected recipe ${recipe} to have ${
          namesOf(providers) || property
        } with ${token.name}, since ` +
          `${token.name} ${reason}, but found ${namesOf(instead) || "none"}`,
      );
    }
  }
}

/** Checks that a method has one loss, and no two tokens in the same place. */
function expectPlaces(tokens: readonly AnyToken[], recipe: string): void {
  const kinds = Map.groupBy(tokens, placeOf);
  if (kinds.get("loss")?.length !== 1) {
    throw new UsageError(
      `Expected recipe ${recipe} to have one loss, for instance ce, but found ` +
        (kinds.get("loss")?.map(({ name }) => name).join(" and ") || "none"),
    );
  }
  for (const [kind, found] of kinds) {
    if (kind === undefined || found.length === 1) continue;
    throw new UsageError(
      `Expected recipe ${recipe} to have one ${kind} but found ` +
        found.map(({ name }) => name).join(" and "),
    );
  }
}

function reasonsIn(reasons: Reasons): [Property, string][] {
  return Object.entries(reasons) as [Property, string][];
}

function namesOf(tokens: readonly AnyToken[]): string {
  return tokens.map(({ name }) => name).join(", ");
}

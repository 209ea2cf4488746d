/**
 * The tokens of a method by their names, with those that they bring.
 *
 * @module
 */
import { didYouMean } from "../core/did_you_mean.ts";
import { UsageError } from "../core/errors.ts";
import { type AnyToken, KINDS, needsOf, placeOf } from "./kinds.ts";

/**
 * Finds the tokens of a method and adds those that they bring.
 *
 * @param names Tokens that the recipe names.
 * @param recipe Full name of the recipe, for error messages.
 * @param known All tokens by name.
 * @returns The tokens in the order of their kinds.
 * @throws {UsageError} If a token is unknown or duplicated.
 */
export function completeTokens(
  names: readonly string[],
  recipe: string,
  known: ReadonlyMap<string, AnyToken>,
): readonly AnyToken[] {
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) {
    const { mistaken } = [...known.values()]
      .find(({ mistaken }) => mistaken?.words.includes(unknown)) ?? {};
    if (mistaken) {
      const { expected, advice } = mistaken;
      throw new UsageError(
        `Expected recipe ${recipe} to have ${expected} but found ${unknown}: ${advice}`,
      );
    }
    throw new UsageError(
      `Expected each token of recipe ${recipe} to be a known loss, sampler, layer or the like ` +
        `but found "${unknown}"${didYouMean(unknown, [...known.keys()])}`,
    );
  }
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice) {
    throw new UsageError(`Expected each token of recipe ${recipe} once but found ${twice} twice`);
  }
  const tokens = inOrder(names.map((name) => known.get(name)!));
  // A token that cannot do without what it brings decides first.
  const [strict, others] = [true, false].map((is) =>
    tokens.filter((token) => isStrict(token) === is)
  );
  const complete = [...tokens];
  for (const name of [...strict, ...others].flatMap(({ brings = [] }) => brings)) {
    const brought = known.get(name);
    if (!brought) {
      throw new UsageError(
        `Expected the tokens of recipe ${recipe} to require known tokens but found "${name}"`,
      );
    }
    const kind = placeOf(brought);
    if (!complete.some((token) => placeOf(token) === kind)) complete.push(brought);
  }
  return inOrder(complete);
}

/** Whether a token needs a token that it brings. */
function isStrict(token: AnyToken): boolean {
  return token.brings?.some((brought) => brought in needsOf(token)) ?? false;
}

/** Sorts tokens by kind. */
function inOrder(tokens: readonly AnyToken[]): readonly AnyToken[] {
  return KINDS.flatMap((kind) => tokens.filter((token) => token.kind === kind));
}

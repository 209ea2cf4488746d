/**
 * Completes the tokens of a recipe and checks that they are compatible.
 *
 * @module
 */
import { didYouMean } from "../core/did_you_mean.ts";
import { UsageError } from "../core/errors.ts";
import { DEFERRALS } from "./deferrals.ts";
import { EXPERTS } from "./experts.ts";
import { LAYERS } from "./layers.ts";
import { behindLr, LOSSES } from "./losses.ts";
import { MIXINGS } from "./mixing.ts";
import { POST_HOC } from "./post_hoc.ts";
import { REGULARIZATIONS } from "./regularizations.ts";
import { SECOND_STAGES } from "./second_stages.ts";
import type { Token, Tokens } from "./token.ts";
import { ALL, KINDS, TOKENS } from "./tokens.ts";

/**
 * Parses the tokens of a recipe and adds defaults.
 *
 * @param words Tokens that the recipe names.
 * @param recipe Full name of the recipe, for error messages.
 * @returns The tokens, including the defaults of others, ordered by kind.
 * @throws {UsageError} If a token is unknown or duplicated, or there are too many or too few of a kind.
 */
export function completeTokens(words: readonly string[], recipe: string): readonly string[] {
  const few = words.find((token) => /^ride[01]?$/.test(token));
  if (few) {
    throw new UsageError(
      `Expected recipe ${recipe} to have at least 2 experts (ride2, ride3, ride4) but found ${few}: ` +
        "a single one has nothing to differ from, so train ldam-drw",
    );
  }
  const unknown = words.find((token) => !ALL.has(token));
  if (unknown !== undefined) {
    throw new UsageError(
      `Expected each token of recipe ${recipe} to be a known loss, sampler, layer or the like ` +
        `but found "${unknown}"${didYouMean(unknown, TOKENS)}`,
    );
  }
  const twice = words.find((token, place) => words.indexOf(token) < place);
  if (twice) {
    throw new UsageError(`Expected each token of recipe ${recipe} once but found ${twice} twice`);
  }
  const tokens = [...words];
  // The most restrictive token sets the default loss: a second stage with a list of losses, then experts.
  const turn = (word: string) => SECOND_STAGES[word]?.losses ? 0 : EXPERTS[word] ? 1 : 2;
  for (const word of words.toSorted((a, b) => turn(a) - turn(b))) {
    const { brings = [] } = { ...EXPERTS, ...SECOND_STAGES, ...POST_HOC, ...MIXINGS }[word] ?? {};
    for (const brought of brings) {
      const { kind } = ALL.get(brought)!;
      if (!tokens.some((token) => ALL.get(token)!.kind === kind)) tokens.push(brought);
    }
  }
  for (const [kind, { tokens: table, most }] of Object.entries(KINDS)) {
    const found = tokens.filter((token) => Object.hasOwn(table, token));
    if (kind === "loss" && found.length !== 1) {
      throw new UsageError(
        `Expected recipe ${recipe} to have one loss, for instance ce, but found ` +
          (found.join(" and ") || "none"),
      );
    }
    if (found.length > most) {
      throw new UsageError(
        `Expected recipe ${recipe} to have one ${kind} but found ${found.join(" and ")}`,
      );
    }
  }
  // Losses first, layers last, in the order of `KINDS`.
  return Object.values(KINDS).flatMap(({ tokens: table }) =>
    tokens.filter((token) => Object.hasOwn(table, token))
  );
}

/**
 * Checks that tokens are compatible.
 *
 * @param tokens From {@linkcode completeTokens}.
 * @param recipe Full name of the recipe, for error messages.
 * @throws {UsageError} If they are not, with the reason.
 */
export function expectTogether(tokens: readonly string[], recipe: string): void {
  const refuse = (without: string, reason: string): never => {
    throw new UsageError(`Expected recipe ${recipe} without ${without}, for ${reason}`);
  };
  for (const name of tokens) {
    const { token } = ALL.get(name)!;
    for (const [other, reason] of Object.entries(token.refuses ?? {})) {
      if (tokens.includes(other)) refuse(`${other} beside ${name}`, reason);
    }
    for (const [other, reason] of Object.entries(token.requires ?? {})) {
      if (tokens.includes(other)) continue;
      throw new UsageError(
        `Expected recipe ${recipe} to have ${other} with ${name}, for ${reason}, but found none`,
      );
    }
  }
  const norms = tokens.filter((token) => Object.hasOwn(LAYERS, token) && LAYERS[token].norm);
  if (norms.length > 1) {
    throw new UsageError(
      `Expected recipe ${recipe} to have one kind of norm layers but found ${norms.join(" and ")}`,
    );
  }
  const named = <Kind extends object>(table: Tokens<Kind & Token>) => {
    const name = tokens.find((token) => Object.hasOwn(table, token));
    return name === undefined ? undefined : { name, ...table[name] };
  };
  const found = named(LOSSES)!, mixing = named(MIXINGS);
  const loss = { ...found, ...(tokens.includes("lr") ? behindLr(found) : {}) };
  const deferral = named(DEFERRALS), second = named(SECOND_STAGES), postHoc = named(POST_HOC);
  const cosine = loss.head ? loss : second?.head ? second : undefined;
  for (const later of [second, postHoc]) {
    if (later?.linear && cosine) {
      refuse(later.name, `${later.linear}, and ${cosine.name} has none`);
    }
  }
  if (second?.losses && !second.losses.includes(loss.name)) {
    refuse(loss.name, `${second.name} trains by losses of its own, the first ${second.losses}`);
  }
  const experts = named(EXPERTS);
  const many = experts ? "each expert has a classifier of its own" : loss.single;
  const one = second?.linear || second?.head ? second : postHoc?.linear ? postHoc : undefined;
  if (many && one) {
    refuse(
      `${one.name} beside ${experts?.name ?? loss.name}`,
      `it is for one classifier, and ${many}`,
    );
  }
  if (second?.experts && !experts) {
    throw new UsageError(
      `Expected recipe ${recipe} to have ${
        Object.keys(EXPERTS).join(", ")
      } with ${second.name}, for ${second.experts}, but found none`,
    );
  }
  if (experts) {
    const foreign = loss.loss([2, 1]).uses?.find((input) => input !== "seed");
    if (foreign) {
      refuse(`${loss.name} beside ${experts.name}`, `it looks at ${foreign}, not at logits alone`);
    }
    for (const other of [mixing, deferral?.name === "drw" ? deferral : undefined]) {
      if (other) refuse(`${other.name} beside ${experts.name}`, "its loss is that of all experts");
    }
  }
  const regularization = named(REGULARIZATIONS);
  if (regularization) {
    for (const other of [mixing, deferral?.name === "drw" ? deferral : undefined]) {
      if (other) refuse(`${other.name} beside ${regularization.name}`, "it has a loss of its own");
    }
  }
  const unfit = deferral?.refusesLoss?.(loss);
  if (unfit) refuse(`${deferral!.name} beside ${loss.name}`, unfit);
  if (!mixing) return;
  if (loss.unmixed) refuse(`${mixing.name} beside ${loss.name}`, loss.unmixed);
  if (mixing.single) {
    const reason = `${mixing.name} gives each image a target of its own`;
    if (!loss.soft) {
      refuse(`${mixing.name} beside ${loss.name}`, `${reason}, which it does not take`);
    }
    const other = deferral?.name === "drw"
      ? deferral
      : second?.name === "xerm"
      ? second
      : undefined;
    if (other) {
      refuse(`${mixing.name} beside ${other.name}`, `${reason}, which its loss does not take`);
    }
  }
}

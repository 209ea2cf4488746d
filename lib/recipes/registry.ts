/**
 * Recipes, tokens and data sets by name: those of the library, and those that a script adds.
 *
 * @module
 */
import { UsageError } from "../core/errors.ts";
import type { DataSet } from "./data_sets/data_set.ts";
import * as dataSets from "./data_sets/register.ts";
import { type AnyToken, KINDS } from "./kinds.ts";
import { DESCRIBED_LOSSES } from "./losses/described.ts";
import type { Recipe } from "./recipe.ts";
import * as tokens from "./register.ts";
import { SAMPLERS } from "./samplers.ts";

/** Recipes, tokens and data sets of a script, in addition to those of the library. */
export interface Registry {
  /** Whole recipes, for instance `{ ...recipe("builtin/ce+nbn"), name: "mine/short", iterations: 100 }`. */
  readonly recipes?: readonly Recipe[];
  /** Tokens. */
  readonly tokens?: readonly AnyToken[];
  /** Data sets. */
  readonly dataSets?: readonly DataSet[];
}

/** Every token of the library, kind by kind. */
export const TOKENS: readonly AnyToken[] = KINDS.flatMap((kind) =>
  [...DESCRIBED_LOSSES, ...SAMPLERS, ...Object.values(tokens)].filter((token) =>
    token.kind === kind
  )
);

/** Every data set of the library. */
export const DATA_SETS: readonly DataSet[] = Object.values(dataSets);

/** Tokens and data sets by name. */
export interface NamedParts {
  /** Tokens, those of the library first. */
  readonly tokens: ReadonlyMap<string, AnyToken>;
  /** Data sets, those of the library first. */
  readonly dataSets: ReadonlyMap<string, DataSet>;
}

/**
 * Combines the parts of the library with those of a script.
 *
 * @param registry Parts of a script.
 * @returns All by name.
 * @throws {UsageError} If a name is taken, or cannot be part of a recipe's name.
 */
export function partsOf({ tokens = [], dataSets = [] }: Registry = {}): NamedParts {
  return {
    tokens: byName("token", TOKENS, tokens),
    dataSets: byName("data set", DATA_SETS, dataSets),
  };
}

function byName<Part extends { readonly name: string }>(
  what: string,
  own: readonly Part[],
  added: readonly Part[],
): ReadonlyMap<string, Part> {
  const found = new Map(own.map((part) => [part.name, part]));
  for (const part of added) {
    if (!/^[^\s/+,]+$/.test(part.name)) {
      throw new UsageError(
        `Expected the name of a ${what} without "/", "+", "," and spaces but found "${part.name}"`,
      );
    }
    if (found.has(part.name)) {
      throw new UsageError(
        `Expected an unused name of a ${what} but found "${part.name}": choose another`,
      );
    }
    found.set(part.name, part);
  }
  return found;
}

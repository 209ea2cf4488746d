/**
 * What every token of a recipe has.
 *
 * @module
 */

/** A word of a recipe's method. The tables of tokens, one for each kind, stand beside this file. */
export interface Token {
  /** What it does, in a few words. */
  readonly about: string;
  /** Where it comes from. */
  readonly source: string;
  /** Public names that it is made of, for who wants it without a recipe. */
  readonly functions: readonly string[];
  /**
   * Where a paper and its authors' code differ, or codes among themselves: which of them this follows, and how the other
   * can be had.
   */
  readonly follows?: string;
  /** Tokens that it does not go with, and why. */
  readonly refuses?: Readonly<Record<string, string>>;
  /** Tokens that it cannot do without, and why. */
  readonly requires?: Readonly<Record<string, string>>;
}

/** Tokens of a kind by their names. */
export type Tokens<Kind extends Token> = Readonly<Record<string, Kind>>;

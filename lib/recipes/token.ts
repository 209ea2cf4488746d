/**
 * Properties that all tokens of recipes share.
 *
 * @module
 */

/** A word of a recipe's method. Each kind of token has a table in this folder. */
export interface Token {
  /** Short description. */
  readonly about: string;
  /** Publication that it comes from. */
  readonly source: string;
  /** Names of the public functions that implement it, for use without a recipe. */
  readonly functions: readonly string[];
  /**
   * Which source is followed where a paper and its authors' code, or several implementations, differ, and how to get
   * the other behaviour.
   */
  readonly follows?: string;
  /** Reasons by the names of incompatible tokens. */
  readonly refuses?: Readonly<Record<string, string>>;
  /** Reasons by the names of required tokens. */
  readonly requires?: Readonly<Record<string, string>>;
}

/** Tokens of a kind by their names. */
export type Tokens<Kind extends Token> = Readonly<Record<string, Kind>>;

/**
 * Properties that all tokens of recipes share.
 *
 * @module
 */

/** A property that a method has unless one of its tokens refuses it. */
export type DefaultProperty =
  | "linear classifier"
  | "one classifier"
  | "single loss"
  | "class weights"
  | "soft targets"
  | "mixed images"
  | "logits only"
  | "plain logits";

/** What each of these properties means. Tokens that depend on one list it in `needs`. */
export const DEFAULT_PROPERTIES: Readonly<Record<DefaultProperty, string>> = {
  "linear classifier": "logits are features times weights, plus a bias",
  "one classifier": "the network has a single classifier, not one for each of several experts",
  "single loss": "the loss is that of the loss token only and can be replaced",
  "class weights": "the loss accepts class weights",
  "soft targets": "the loss accepts a distribution over classes per image",
  "mixed images": "the loss is meaningful for images that are mixed from two classes",
  "logits only": "the loss looks at logits and labels only",
  "plain logits": "logits are the output of the classifier, with no module after it",
};

/** A property of a method that its tokens can need or refuse. */
export type Property = DefaultProperty | (string & Record<never, never>);

/** Reasons by property or by the name of a token; each continues a sentence that begins with the token's own name. */
export type Reasons = Readonly<Partial<Record<Property, string>>>;

/** A word of a recipe's method, such as `ldam` or `nbn`. */
export interface Token {
  /** Its name in recipes. */
  readonly name: string;
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
  /** Default tokens, each added unless the recipe has another one in its place. */
  readonly brings?: readonly string[];
  /** Properties that a method has by this token, besides the token's name. */
  readonly provides?: readonly Property[];
  /** Properties or tokens that it needs. */
  readonly needs?: Reasons;
  /** Properties or tokens that it is incompatible with. */
  readonly refuses?: Reasons;
  /** Rows of the paper that report the method with no other token than it brings, by table. */
  readonly rows?: Readonly<Record<string, string>>;
  /**
   * A method that shows it, for the list of recipes.
   *
   * @default {the token alone, or with `ce` or the tokens that it needs}
   */
  readonly example?: string;
  /** Words that are not tokens, but that this one is to be taken for, with what is expected instead of them. */
  readonly mistaken?: {
    /** The words. */
    readonly words: readonly string[];
    /** What is expected. */
    readonly expected: string;
    /** Why, and what to do. */
    readonly advice: string;
  };
}

/**
 * What a setting of a training is: a row of the table that flags, config files, `--help` and documentation share.
 *
 * @module
 */

/** Headings of `--help`, in their order. */
export const PURPOSES = [
  "What to train",
  "Images",
  "Length",
  "Optimizer",
  "Loss and augmentation",
  "Evaluation and checkpoints",
  "Computing",
] as const;

/** What a setting is for. */
export type Purpose = (typeof PURPOSES)[number];

/** Bounds of a number. */
export interface Bounds {
  /** Smallest value allowed. */
  readonly least?: number;
  /** Largest value that is too small. */
  readonly above?: number;
  /** Smallest value that is too large. */
  readonly below?: number;
}

/** What the values of a setting look like, on the command line and in a config file. */
export type Kind =
  /** A whole number. */
  | ({ readonly kind: "integer" } & Bounds)
  /** Any finite number. */
  | ({ readonly kind: "number" } & Bounds)
  /** On or off: a flag without a value, `true` or `false` in a file. */
  | { readonly kind: "switch" }
  /** One of a few words. */
  | { readonly kind: "word"; readonly words: readonly string[] }
  /** Any text that is not empty. */
  | { readonly kind: "text" }
  /** Several of them, separated by commas; in a file a text or a list of texts. */
  | { readonly kind: "texts" }
  /** Two ascending whole numbers, separated by a comma; in a file a list. */
  | { readonly kind: "borders" };

/** A setting. */
export type Setting = Kind & {
  /** Heading under which `--help` shows it. */
  readonly purpose: Purpose;
  /** What it does. */
  readonly about: string;
  /** What its value is called in `--help`, for instance `DIR`; a switch has none. */
  readonly value?: string;
  /** What is taken where it is left out, in words. */
  readonly usual: string;
  /** Which part of a recipe it changes, for instance `optimizer of every stage`. */
  readonly changes: string;
  /**
   * Whether runs that differ in it alone have trained the same.
   *
   * @default {false}
   */
  readonly incidental?: boolean;
  /** Settings that say the same in another way: a flag takes the place of those of a config file. */
  readonly insteadOf?: readonly string[];
};

/** The values that a setting takes. */
export type ValueOf<S> = S extends { readonly kind: "integer" | "number" } ? number
  : S extends { readonly kind: "switch" } ? boolean
  : S extends { readonly kind: "word"; readonly words: readonly (infer Word)[] } ? Word
  : S extends { readonly kind: "text" } ? string
  : S extends { readonly kind: "texts" } ? readonly string[]
  : readonly [number, number];

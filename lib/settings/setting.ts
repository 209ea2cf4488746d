/**
 * A setting of a training: its kind, range and description, from which flags, config files, `--help` and documentation follow.
 *
 * @module
 */

/** Headings of `--help` and docs/settings.md, in order. */
export const SECTIONS = [
  "What to train",
  "Images",
  "Length",
  "Optimizer",
  "Loss and augmentation",
  "Evaluation and checkpoints",
  "Computing",
] as const;

/** Heading of a setting. */
export type Section = (typeof SECTIONS)[number];

/** Bounds of a number; all are optional. */
export interface Bounds {
  /** Lower bound, inclusive. */
  readonly min?: number;
  /** Lower bound, exclusive. */
  readonly above?: number;
  /** Upper bound, exclusive. */
  readonly below?: number;
}

/** Type of a setting's values, on the command line and in a config file. */
export type Kind =
  /** A whole number. */
  | ({ readonly kind: "integer" } & Bounds)
  /** Any finite number. */
  | ({ readonly kind: "number" } & Bounds)
  /** A boolean: a flag without a value, `true` or `false` in a file. */
  | { readonly kind: "switch" }
  /** One of a fixed set of words. */
  | { readonly kind: "word"; readonly words: readonly string[] }
  /** Any non-empty text. */
  | { readonly kind: "text" }
  /** Several texts separated by commas; in a file a text or a list of texts. */
  | { readonly kind: "texts" }
  /** Two whole numbers in ascending order, at least 1, separated by a comma; in a file a list. */
  | { readonly kind: "thresholds" };

/** A setting, without its heading. */
export type SettingRow = Kind & {
  /** Description. */
  readonly description: string;
  /** Placeholder of its value in `--help`, for instance `DIR`; not for switches. */
  readonly placeholder?: string;
  /** Description of its default. */
  readonly default: string;
  /** Part of a recipe that it changes, for instance `optimizer of every stage`. */
  readonly changes: string;
  /**
   * Whether runs that differ only in this setting are the same training.
   *
   * @default {false}
   */
  readonly incidental?: boolean;
  /** Alternatives to this setting: its flag replaces them if they come from a config file. */
  readonly alternatives?: readonly string[];
};

/** A setting. */
export type Setting = SettingRow & {
  /** Heading under which it is shown. */
  readonly section: Section;
};

/** An integer of at least 1. */
export const POSITIVE = { kind: "integer", min: 1 } as const;

/** TypeScript type of a setting's values. */
export type ValueOf<S> = S extends { readonly kind: "integer" | "number" } ? number
  : S extends { readonly kind: "switch" } ? boolean
  : S extends { readonly kind: "word"; readonly words: readonly (infer Word)[] } ? Word
  : S extends { readonly kind: "text" } ? string
  : S extends { readonly kind: "texts" } ? readonly string[]
  : readonly [number, number];

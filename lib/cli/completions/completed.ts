/**
 * What shells complete.
 *
 * @module
 */

/** A flag. */
export interface CompletedFlag {
  /** Name, without the dashes. */
  readonly name: string;
  /** Whether a value follows. */
  readonly takesValue: boolean;
  /** Possible values; empty if any value, for instance a path, is possible. */
  readonly words: readonly string[];
}

/** A command. */
export interface Completed {
  /** Name. */
  readonly name: string;
  /** One-line description; may be empty. */
  readonly about: string;
  /** Flags. */
  readonly flags: readonly CompletedFlag[];
  /** Subcommands, one of which follows; empty if there are none. */
  readonly parts: readonly Completed[];
}

/**
 * Lists commands and subcommands with the words by which each is called.
 *
 * @param commands The commands.
 * @returns Each command by its words, for instance `data import`.
 */
export function byWords(commands: readonly Completed[]): [words: string, command: Completed][] {
  return commands.flatMap((command) => [
    [command.name, command] as [string, Completed],
    ...command.parts.map((part): [string, Completed] => [`${command.name} ${part.name}`, part]),
  ]);
}

/**
 * Quotes a text for bash, zsh or fish.
 *
 * @param text Any text without line breaks.
 * @returns The text as one word in single quotes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(quoted("a run's folder"), String.raw`'a run'\''s folder'`);
 * ```
 */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * Checks of the entries of annotation files: each problem is one line with the file, the number of entries concerned
 * and the ids of the first few.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";
import { someOf } from "../../data/lists/some_of.ts";

/** Problems of one kind are collected, so that the message counts them. */
export class Problems {
  readonly #file: string;
  readonly #kinds = new Map<string, string[]>();

  constructor(file: string) {
    this.#file = file;
  }

  /**
   * Notes a problem.
   *
   * @param expected What was expected of each entry.
   * @param found The entry, and what is wrong with it.
   */
  add(expected: string, found: string): void {
    const known = this.#kinds.get(expected);
    if (known) known.push(found);
    else this.#kinds.set(expected, [found]);
  }

  /**
   * Ends the check.
   *
   * @throws {DataError} If there was a problem; the message lists those of the first kind.
   */
  raise(): void {
    for (const [expected, found] of this.#kinds) {
      throw new DataError(
        `Expected ${expected} in ${this.#file} but found ${
          found.length === 1 ? "" : `${found.length} that differ: `
        }${someOf(found)}`,
      );
    }
  }
}

/**
 * Maps ids to positions.
 *
 * @param list Name of the list, for messages.
 * @param entries Entries with ids.
 * @param problems Receives repeated ids.
 * @returns The index of each id.
 */
export function indexOfIds(
  list: string,
  entries: readonly { readonly id: number }[],
  problems: Problems,
): Map<number, number> {
  const found = new Map<number, number>();
  entries.forEach(({ id }, index) => {
    if (found.has(id)) problems.add(`each id once among the ${list}`, `${id} again`);
    else found.set(id, index);
  });
  return found;
}

/** Whether a value is a list of finite numbers, of this length if one is given. */
export function areNumbers(value: unknown, length?: number): value is number[] {
  return Array.isArray(value) && (length === undefined || value.length === length) &&
    value.every(Number.isFinite);
}

/** An entry in a message: the beginning of its JSON. */
export function shownEntry(entry: unknown): string {
  const text = JSON.stringify(entry) ?? "nothing";
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

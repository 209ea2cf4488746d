/**
 * Flags with a fixed set of values.
 *
 * @module
 */
import { didYouMean } from "../core/did_you_mean.ts";
import { UsageError } from "../core/errors.ts";

/**
 * Validates the value of a flag that takes one of a few words.
 *
 * @param flag Name of the flag, without the dashes.
 * @param text Value as typed; `undefined` if the flag is absent.
 * @param words Allowed values.
 * @returns The word, or `undefined` if the flag is absent.
 * @throws {UsageError} If the value is not among them.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { UsageError } from "@nbn/toolkit/core";
 *
 * assertThrows(
 *   () => wordFlag("kind", "pyton", ["binary", "python"]),
 *   UsageError,
 *   'Expected --kind to be binary or python but found "pyton" (did you mean python?)',
 * );
 * ```
 */
export function wordFlag<Word extends string>(
  flag: string,
  text: string | undefined,
  words: readonly Word[],
): Word | undefined {
  if (text === undefined) return undefined;
  const known = words.find((word) => word === text);
  if (known !== undefined) return known;
  const list = words.length > 2 ? `one of ${words.join(", ")}` : words.join(" or ");
  throw new UsageError(
    `Expected --${flag} to be ${list} but found "${text}"${didYouMean(text, words)}`,
  );
}

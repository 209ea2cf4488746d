/**
 * Identifies training, test and validation sets by the names of their folders and files.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import type { EvaluationSet } from "./dataset.ts";

/** Accepted names of each set, in any case; the first name takes precedence. */
const NAMES = {
  train: ["train", "training"],
  test: ["test", "testing"],
  val: ["val", "valid", "validation"],
} as const;

/** Names of the folders or files of the sets, as spelled on disk. */
export interface FoundSets {
  /** The training set. */
  readonly train?: string;
  /** The test set. */
  readonly test?: string;
  /** The validation set. */
  readonly val?: string;
}

/**
 * Finds the sets among a list of names.
 *
 * @param names Names of folders or files.
 * @param around Prefix and suffix around the name of the set.
 * @returns The name of each set found.
 * @throws {DataError} If a set is found under two names, neither of which is `train`, `test` or `val`.
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(findSets(["Train", "validation", "notes"]), { train: "Train", val: "validation" });
 * assertEquals(findSets(["my_val.txt", "val"], ["my_", ".txt"]), { val: "my_val.txt" });
 * assertThrows(() => findSets(["valid", "Validation"]), Error, "found valid and Validation");
 * ```
 */
export function findSets(
  names: readonly string[],
  [before, behind]: readonly [string, string] = ["", ""],
): FoundSets {
  const found: { [set: string]: string } = {};
  for (const [set, words] of Object.entries(NAMES)) {
    const accepted = words.map((word) => `${before}${word}${behind}`.toLowerCase());
    const fitting = names.filter((name) => accepted.includes(name.toLowerCase()));
    const [name] = fitting.includes(before + set + behind) ? [before + set + behind] : fitting;
    if (fitting.length > 1 && name !== before + set + behind) {
      throw new DataError(
        `Expected one ${set} set but found ${fitting.join(" and ")}: rename one of them ` +
          `${before}${set}${behind}, or move it elsewhere`,
      );
    }
    if (name !== undefined) found[set] = name;
  }
  return found;
}

/**
 * Splits the file name of a training list around the name of the set.
 *
 * @param name Name of a training list, for instance `my_train.txt`.
 * @returns Prefix and suffix, or `undefined` if the name does not contain `train`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(aroundTrain("my_train.txt"), ["my_", ".txt"]);
 * assertEquals(aroundTrain("list.txt"), undefined);
 * ```
 */
export function aroundTrain(name: string): [before: string, behind: string] | undefined {
  const words = /^(.*?)train(?:ing)?(.*)$/is.exec(name);
  return words ? [words[1], words[2]] : undefined;
}

/**
 * Chooses the evaluation set: the requested one, or else the test set, or else the validation set.
 *
 * @param sets Sets found.
 * @param requested Requested set.
 * @returns The set, its name, and the name of a separate validation set, if there is one; `undefined` if the set is
 * missing.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const both = { train: "train", test: "test", val: "valid" };
 * assertEquals(evaluationSet(both), { evaluatedOn: "test", name: "test", validation: "valid" });
 * assertEquals(evaluationSet(both, "val"), { evaluatedOn: "val", name: "valid" });
 * assertEquals(evaluationSet({ train: "train" }), undefined);
 * ```
 */
export function evaluationSet(
  sets: FoundSets,
  requested?: EvaluationSet,
): { evaluatedOn: EvaluationSet; name: string; validation?: string } | undefined {
  const evaluatedOn = requested ?? (sets.test === undefined ? "val" : "test");
  const name = sets[evaluatedOn];
  if (name === undefined) return undefined;
  const { val } = sets;
  return { evaluatedOn, name, ...(evaluatedOn === "test" && val ? { validation: val } : {}) };
}

/**
 * Creates the error for a missing evaluation set.
 *
 * @param where Folder or file that was searched.
 * @param sets Sets found.
 * @param requested Requested set.
 * @returns The error.
 */
export function noSuchSet(where: string, sets: FoundSets, requested?: EvaluationSet): DataError {
  const names = requested === undefined ? "test or val" : NAMES[requested].join(" or ");
  const found = Object.values(sets).filter((name) => name !== undefined);
  return new DataError(
    `Expected ${where} to hold ${names} to evaluate on but found ` +
      `${found.length === 0 ? "none" : `only ${found.join(" and ")}`}`,
  );
}

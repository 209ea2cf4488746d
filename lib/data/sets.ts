/**
 * Telling training, test and validation sets by the names of their folders and files.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import type { EvaluationSet } from "./dataset.ts";

/** What each set may be called, in upper or lower case; the first name is taken before the others. */
const NAMES = {
  train: ["train", "training"],
  test: ["test", "testing"],
  val: ["val", "valid", "validation"],
} as const;

/** Names of the folders or files of sets, as they are written. */
export interface FoundSets {
  /** The training set. */
  readonly train?: string;
  /** The test set. */
  readonly test?: string;
  /** The validation set. */
  readonly val?: string;
}

/**
 * Finds the sets among names.
 *
 * @param names Names of folders or files.
 * @param around What stands in front of and behind the name of the set in them.
 * @returns The name of each set that is there.
 * @throws {DataError} If a set is there under two names, neither of them `train`, `test` or `val`.
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
    const wanted = words.map((word) => `${before}${word}${behind}`.toLowerCase());
    const fitting = names.filter((name) => wanted.includes(name.toLowerCase()));
    const [name] = fitting.includes(before + set + behind) ? [before + set + behind] : fitting;
    if (fitting.length > 1 && name !== before + set + behind) {
      throw new DataError(
        `Expected one ${set} set but found ${fitting.join(" and ")}: call one of them ` +
          `${before}${set}${behind}, or move it elsewhere`,
      );
    }
    if (name !== undefined) found[set] = name;
  }
  return found;
}

/**
 * Finds what stands around the name of the training set in the name of a file.
 *
 * @param name Name of a training list, for instance `my_train.txt`.
 * @returns What is in front and behind, or `undefined` if it does not say that it is one.
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
 * Chooses the set to evaluate on: the one wanted, else the test set, else the validation set.
 *
 * @param sets Those that there are.
 * @param wanted The one wanted.
 * @returns Which it is and its name, or `undefined` if there is none.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const both = { train: "train", test: "test", val: "valid" };
 * assertEquals(evaluationSet(both), { evaluatedOn: "test", name: "test" });
 * assertEquals(evaluationSet(both, "val"), { evaluatedOn: "val", name: "valid" });
 * assertEquals(evaluationSet({ train: "train" }), undefined);
 * ```
 */
export function evaluationSet(
  sets: FoundSets,
  wanted?: EvaluationSet,
): { evaluatedOn: EvaluationSet; name: string } | undefined {
  const evaluatedOn = wanted ?? (sets.test === undefined ? "val" : "test");
  const name = sets[evaluatedOn];
  return name === undefined ? undefined : { evaluatedOn, name };
}

/**
 * What is wrong where the set to evaluate on is missing.
 *
 * @param where Where it was looked for.
 * @param sets Those that there are.
 * @param wanted The one wanted.
 * @returns The error.
 */
export function noSuchSet(where: string, sets: FoundSets, wanted?: EvaluationSet): DataError {
  const names = wanted === undefined ? "test or val" : NAMES[wanted].join(" or ");
  const found = Object.values(sets).filter((name) => name !== undefined);
  return new DataError(
    `Expected ${where} to hold ${names} to evaluate on but found ` +
      `${found.length === 0 ? "none" : `only ${found.join(" and ")}`}`,
  );
}

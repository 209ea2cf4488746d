/**
 * Class names: the training set's names define the label of each class in every data set.
 *
 * @module
 */
import { didYouMean } from "../core/did_you_mean.ts";
import { DataError } from "../core/errors.ts";
import type { ImageDataset } from "./dataset.ts";
import { someOf } from "./lists/some_of.ts";

/**
 * Normalises a class name to Unicode's composed form (NFC). File systems and programs encode `é` as one code point or
 * as two; both must be the same class.
 *
 * @param name A class name, as found.
 * @returns The name by which classes are compared and listed.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(normalName("cafe\u0301"), "caf\u00e9");
 * ```
 */
export function normalName(name: string): string {
  return name.normalize("NFC");
}

/** Context for error messages: where names were found, and which classes are expected. */
export interface NamesFrom {
  /** A folder, list or data set. */
  readonly where: string;
  /**
   * Whose classes are expected.
   *
   * @default {"the training set"}
   */
  readonly whose?: string;
}

/**
 * Looks up the labels of class names.
 *
 * @param names Names to look up.
 * @param known Name of each class, in the order of the labels.
 * @param from Where they were found, for error messages.
 * @returns The label of each name.
 * @throws {DataError} If a name is not among the classes, or two classes have the same name.
 *
 * @example
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const known = ["heron", "ibis", "stork"];
 * assertEquals(labelsOfNames(["stork", "heron"], known, { where: "test" }), [2, 0]);
 * assertThrows(() => labelsOfNames(["strok"], known, { where: "test" }), Error, "did you mean stork?");
 * ```
 */
export function labelsOfNames(
  names: readonly string[],
  known: readonly string[],
  { where, whose = "the training set" }: NamesFrom,
): number[] {
  const labelOf = new Map(known.map((name, label) => [normalName(name), label]));
  if (labelOf.size < known.length) {
    const twice = known.find((name, label) => labelOf.get(normalName(name)) !== label);
    throw new DataError(
      `Expected each class of ${whose} to have a unique name, by which those of ${where} are ` +
        `numbered, but found "${twice}" twice: rename one`,
    );
  }
  const labels = names.map((name) => labelOf.get(normalName(name)));
  const unknown = names.filter((_, index) => labels[index] === undefined);
  if (unknown.length === 0) return labels as number[];
  const absent = known.filter((_, label) => !labels.includes(label));
  throw new DataError(
    `Expected no other classes in ${where} than those of ${whose} but found ` +
      someOf(unknown.map((name) => `"${name}"${didYouMean(name, absent)}`)) +
      // A renamed class leaves its old name without images.
      (absent.length === 0 ? "" : `, and none of ${someOf(absent)}`) +
      `: name classes as ${whose} does, or remove them`,
  );
}

/**
 * Renumbers the labels of a data set by other class names, for example a test set's by the training set's. The data set
 * may lack classes and list them in any order.
 *
 * @param dataset The data set.
 * @param classNames Name of each class, in the order of the labels.
 * @param whose Whose classes they are, for error messages.
 * @returns The data set with these class names.
 * @throws {DataError} If it has a class that is not among them, or a label outside its classes.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtin, withClassNames } from "@nbn/toolkit/data";
 *
 * const { test } = builtin({ testImages: 1 });
 * const { labels } = withClassNames(test, ["others", ...test.classNames]);
 * assertEquals(labels[0], test.labels[0] + 1);
 * ```
 */
export function withClassNames(
  dataset: ImageDataset,
  classNames: readonly string[],
  whose?: string,
): ImageDataset {
  const { classNames: own, labels, images, name } = dataset;
  expectDatasetLabels(dataset);
  const same = own.length === classNames.length &&
    own.every((name, label) => normalName(name) === normalName(classNames[label]));
  if (same) return { ...dataset, classNames };
  const where = images.kind === "files" ? `${name} (${images.paths.root})` : name;
  const labelOf = labelsOfNames(own, classNames, { where, whose });
  return { ...dataset, classNames, labels: labels.map((label) => labelOf[label]) };
}

/**
 * Checks that every label is the index of a class.
 *
 * @param dataset The data set.
 * @throws {DataError} If a label is out of range.
 */
export function expectDatasetLabels(
  { labels, classNames, name }: Pick<ImageDataset, "labels" | "classNames" | "name">,
): void {
  const image = labels.findIndex((label) => !(label >= 0 && label < classNames.length));
  if (image < 0) return;
  const range = `labels from 0 to ${classNames.length - 1}`;
  throw new DataError(
    `Expected ${range} in ${name} but found ${labels[image]} for image ${image}: ` +
      `name all classes, or correct the label`,
  );
}

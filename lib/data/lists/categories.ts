/**
 * Maps categories of annotations to classes.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";
import { labelsOfNames, normalName } from "../class_names.ts";
import { someOf } from "./some_of.ts";

/** The parts of annotations that define their categories. */
export interface Categorised {
  /** Category id of each annotated image. */
  readonly annotations: readonly { readonly category_id: number }[];
  /** The categories, if the file lists them. */
  readonly categories?: readonly Category[] | null;
}

/** A category. */
export interface Category {
  /** Id that annotations refer to. */
  readonly id: number;
  /** Name. */
  readonly name?: string;
}

/** Classes in the order of their labels. */
export interface ClassCategories {
  /** Name of each class. */
  readonly classNames: readonly string[];
  /** Category id of each class. */
  readonly categoryIds: readonly number[];
}

/**
 * Returns the classes of a training file: its categories sorted by id, or the ids in use if it lists none.
 *
 * @param annotated The file's parts.
 * @returns Name and category id of each class.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const categories = [{ id: 9, name: "stork" }, { id: 4, name: "heron" }];
 * assertEquals(ownCategories({ annotations: [], categories }).classNames, ["heron", "stork"]);
 * ```
 */
export function ownCategories({ annotations, categories }: Categorised): ClassCategories {
  const used = () => [...new Set(annotations.map((entry) => entry.category_id))];
  const listed: readonly Category[] = categories ?? used().map((id) => ({ id }));
  const sorted = listed.toSorted((a, b) => a.id - b.id);
  return {
    classNames: sorted.map(nameOf),
    categoryIds: sorted.map(({ id }) => id),
  };
}

/**
 * Maps category ids of a file to labels. The file may list fewer or more categories than the training file, or none.
 *
 * @param file Path of the file, for error messages.
 * @param annotated Its parts.
 * @param classNames Name of each class.
 * @param categoryIds Category id of each class in the training file, which takes precedence; without it, because
 * classes come from elsewhere, the file's categories in use are looked up by name.
 * @returns The label of each category id.
 * @throws {DataError} If an id has another name in the file than in the training file, or a category in use has a name
 * that is not a class.
 *
 * @example The ids of the training file decide
 * ```ts
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * const names = ["heron", "stork"], file = { annotations: [{ category_id: 9 }] };
 * assertEquals(labelsOfCategories("val.json", file, names, [4, 9]).get(9), 1);
 * const renamed = { ...file, categories: [{ id: 9, name: "heron" }] };
 * assertThrows(() => labelsOfCategories("val.json", renamed, names, [4, 9]), Error, "9 is heron here");
 * assertEquals(labelsOfCategories("val.json", renamed, names).get(9), 0);
 * ```
 */
export function labelsOfCategories(
  file: string,
  annotated: Categorised,
  classNames: readonly string[],
  categoryIds?: readonly number[],
): Map<number, number> {
  if (categoryIds) {
    expectSameNames(file, annotated.categories ?? [], { classNames, categoryIds });
    return new Map(categoryIds.map((id, label) => [id, label]));
  }
  const used = new Set(annotated.annotations.map((entry) => entry.category_id));
  const own = ownCategories(annotated);
  const ids = own.categoryIds.filter((id) => used.has(id));
  const names = own.classNames.filter((_, index) => used.has(own.categoryIds[index]));
  const labels = labelsOfNames(names, classNames, { where: file });
  return new Map(ids.map((id, position) => [id, labels[position]]));
}

/** Checks that ids have the same names as in the training file. */
function expectSameNames(
  file: string,
  categories: readonly Category[],
  { classNames, categoryIds }: ClassCategories,
): void {
  const known = new Map(categoryIds.map((id, label) => [id, classNames[label]]));
  const wrong = categories.flatMap(({ id, name }) => {
    const trained = known.get(id);
    // A training file without names has ids as class names.
    const same = name === undefined || trained === undefined || trained === String(id) ||
      normalName(trained) === normalName(String(name));
    return same ? [] : [`${id} is ${name} here and ${trained} in the training file`];
  });
  if (wrong.length === 0) return;
  throw new DataError(
    `Expected the categories of ${file} to have the ids of the training file but found that ` +
      `${someOf(wrong)}: number them equally`,
  );
}

function nameOf({ id, name }: Category): string {
  return name === undefined ? String(id) : normalName(String(name));
}

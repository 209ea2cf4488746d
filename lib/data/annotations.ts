/**
 * Annotations in JSON, in the layout of iNaturalist's competitions and COCO.
 *
 * @module
 */
import { dirname } from "node:path";
import { DataError } from "../core/errors.ts";
import type { ImageDataset } from "./dataset.ts";
import type { ImageListOptions } from "./image_list.ts";
import { decodingOf } from "./images/image.ts";
import { duplicates } from "./lists/duplicates.ts";
import { type Category, labelsOfCategories, ownCategories } from "./lists/categories.ts";
import { expectFiles } from "./lists/expect_files.ts";
import { SHOWN, someOf } from "./lists/some_of.ts";
import { pathTable } from "./paths.ts";
import { IMAGENET_MEAN, IMAGENET_STD } from "./statistics.ts";

/** The fields of the file that are read. */
interface Annotations {
  readonly images: readonly { readonly id: number; readonly file_name: string }[];
  readonly annotations: readonly { readonly image_id: number; readonly category_id: number }[];
  readonly categories?: readonly Category[] | null;
}

/** Options of {@linkcode imageAnnotations}. */
export interface ImageAnnotationsOptions extends ImageListOptions {
  /**
   * Category id of each class, numbered as in the training file. With it, the file's own `categories` may be
   * incomplete, in another order, or missing.
   *
   * @default {with `classNames`: the file's categories of these names}
   */
  readonly categoryIds?: readonly number[];
}

/**
 * Reads annotations in the layout of `train2018.json` and `val2018.json` of iNaturalist 2018: `images` with `id` and
 * `file_name`, `annotations` with `image_id` and `category_id`, and `categories`. In a training file, categories sorted
 * by `id` define the class labels; an evaluation file takes the training set's `classNames` and `categoryIds`.
 *
 * @param file Path of the annotations.
 * @param options Root folder, class names and category ids, size, normalisation; as for a list.
 * @returns The data set; its images stay on disk.
 * @throws {DataError} If the file is missing or has another layout, an image has no category, has several or is listed
 * twice, a category has no image and no class names are given, an image's category is not among the classes, or
 * `checkFiles` finds missing files. All errors are counted, the first few named.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { imageAnnotations } from "@nbn/toolkit/data";
 *
 * const file = await Deno.makeTempFile({ suffix: ".json" });
 * const images = [{ id: 7, file_name: "Aves/1/a.jpg" }, { id: 8, file_name: "Aves/0/b.jpg" }];
 * const annotations = [{ image_id: 7, category_id: 1 }, { image_id: 8, category_id: 0 }];
 * const categories = [{ id: 0, name: "heron" }, { id: 1, name: "stork" }];
 * await Deno.writeTextFile(file, JSON.stringify({ images, annotations, categories }));
 * const { labels, classNames } = await imageAnnotations(file);
 * assertEquals([[...labels], classNames], [[1, 0], ["heron", "stork"]]);
 * await Deno.remove(file);
 * ```
 */
export async function imageAnnotations(
  file: string,
  options: ImageAnnotationsOptions = {},
): Promise<ImageDataset> {
  const { root = dirname(file), size = 224, fit = "stretch" } = options;
  const { mean = IMAGENET_MEAN, std = IMAGENET_STD } = options;
  const annotated = await read(file);
  const { images } = annotated;
  const { classNames, categoryIds } = options.classNames
    ? { classNames: options.classNames, categoryIds: options.categoryIds }
    : ownCategories(annotated);
  const byCategory = labelsOfCategories(file, annotated, classNames, categoryIds);
  const labels = labelsOf(file, annotated, byCategory);
  const paths = pathTable(fileNames(images), root);
  const name = (image: number) => images[image].file_name;
  const twice = duplicates(paths);
  if (twice.length > 0) {
    throw new DataError(
      `Expected each image once in ${file} but found again ` +
        `${someOf(twice.slice(0, SHOWN).map(([first]) => name(first)), twice.length)}: ` +
        `remove the duplicates`,
    );
  }
  if (!options.classNames) expectEveryClass(file, labels, classNames);
  if (options.checkFiles) expectFiles(file, paths);
  return {
    name: file.replace(/^.*[/\\]/, "").replace(/\.[^.]*$/, ""),
    classNames,
    labels,
    shape: [size, size, 3],
    mean,
    std,
    images: { kind: "files", paths, fit, ...decodingOf(options) },
    categoryIds,
  };
}

async function read(file: string): Promise<Annotations> {
  let found: Partial<Annotations>;
  try {
    found = JSON.parse(await Deno.readTextFile(file));
  } catch (cause) {
    throw new DataError(
      `Expected annotations at ${file} but could not read them: ${(cause as Error).message}`,
      { cause },
    );
  }
  const entries = (
    name: keyof Annotations,
    ...fields: [field: string, type: "number" | "string"][]
  ) => {
    const list: unknown = found?.[name];
    const bad = Array.isArray(list)
      ? list.findIndex((entry) => !fields.every(([field, type]) => isOf(type, entry?.[field])))
      : 0;
    if (Array.isArray(list) && bad < 0) return;
    const expected = fields.map(([field, type]) => `${field} (a ${type})`).join(" and ");
    const shown = Array.isArray(list) ? JSON.stringify(list[bad]).slice(0, 100) : "no list";
    throw new DataError(
      `Expected "${name}" in ${file} to be a list of entries with ${expected} but found ${shown}`,
    );
  };
  entries("images", ["id", "number"], ["file_name", "string"]);
  entries("annotations", ["image_id", "number"], ["category_id", "number"]);
  if (found.categories) entries("categories", ["id", "number"]);
  if (found.images!.length === 0) throw new DataError(`Expected images in ${file} but found none`);
  return found as Annotations;
}

function isOf(type: "number" | "string", value: unknown): boolean {
  return type === "number" ? typeof value === "number" : typeof value === "string";
}

function* fileNames(images: Annotations["images"]): Iterable<string> {
  for (const { file_name } of images) yield file_name;
}

function labelsOf(
  file: string,
  { images, annotations, categories }: Annotations,
  byCategory: ReadonlyMap<number, number>,
): Int32Array {
  const unknown = (category: number) => {
    const name = categories?.find(({ id }) => id === category)?.name;
    return `category ${category}${name === undefined ? "" : ` (${name})`} is unknown`;
  };
  const wrong: string[] = [];
  const byImage = new Map<number, number | undefined>();
  const foreign = new Set<number>();
  for (const { image_id, category_id } of annotations) {
    if (byImage.has(image_id)) wrong.push(`image ${image_id} has several`);
    else byImage.set(image_id, byCategory.get(category_id));
    if (!byCategory.has(category_id)) foreign.add(category_id);
  }
  wrong.unshift(...[...foreign].map(unknown));
  const labels = Int32Array.from(images, ({ id, file_name }) => {
    if (!byImage.has(id)) wrong.push(`${file_name} has none`);
    return byImage.get(id) ?? 0;
  });
  if (wrong.length === 0) return labels;
  throw new DataError(
    `Expected one category for each image in ${file} but found ${wrong.length} that differ: ` +
      someOf(wrong),
  );
}

function expectEveryClass(
  file: string,
  labels: Int32Array,
  classNames: readonly string[],
): void {
  const present = new Set(labels);
  const empty = classNames.filter((_, label) => !present.has(label));
  if (empty.length === 0) return;
  throw new DataError(
    `Expected images of all ${classNames.length} categories in ${file} but found none of ` +
      `${someOf(empty)}: remove such categories`,
  );
}

/**
 * Annotation files of LVIS v1 and COCO.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";
import { annotationsOf } from "./annotations.ts";
import type { DetectionCategory, DetectionDataset, DetectionImage, Frequency } from "./dataset.ts";
import { areNumbers, indexOfIds, Problems, shownEntry } from "./entries.ts";
import { readJsonLists } from "./json_lists.ts";

/** An entry of a list, before it is checked. */
type Raw = Record<string, unknown>;

const LISTS = ["images", "annotations", "categories"] as const;

const FREQUENCIES: Readonly<Record<string, Frequency>> = { r: "rare", c: "common", f: "frequent" };

/**
 * Reads annotations of objects in the layout of LVIS v1 (`neg_category_ids`, `not_exhaustive_category_ids`,
 * `frequency`) or of COCO, which is LVIS's without these. The label of a class is the index of its category in the
 * file. Files of any size are read entry by entry.
 *
 * Annotations that cannot be learnt from are kept, because the evaluator counts them, but have a `fault`; unusable
 * polygons are dropped. Both are counted in `faults`.
 *
 * @param file Path of the JSON file.
 * @returns Images, categories, annotations, and what is wrong with annotations.
 * @throws {DataError} If the file is missing, damaged or lacks a list; an entry lacks a field; an id appears twice; an
 * annotation is of an unknown image or category; run lengths do not fill their image; a category of an LVIS file has
 * no `frequency`. The message counts the entries and names the ids of the first few.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readDetectionDataset } from "@nbn/toolkit/detection";
 *
 * const file = await Deno.makeTempFile({ suffix: ".json" });
 * const images = [{
 *   id: 7,
 *   width: 20,
 *   height: 10,
 *   coco_url: "http://localhost/val2017/000000000007.jpg",
 *   neg_category_ids: [2],
 *   not_exhaustive_category_ids: [],
 * }];
 * const categories = [{ id: 1, name: "heron", frequency: "f" }, { id: 2, name: "stork", frequency: "r" }];
 * const segmentation = [[2, 2, 6, 2, 6, 6, 2, 6]];
 * const annotation = { id: 1, image_id: 7, category_id: 1, bbox: [2, 2, 4, 4], area: 16, segmentation };
 * await Deno.writeTextFile(file, JSON.stringify({ images, categories, annotations: [annotation] }));
 * const data = await readDetectionDataset(file);
 * assertEquals([data.images[0].path, data.images[0].absent], ["val2017/000000000007.jpg", [1]]);
 * assertEquals(data.annotations.map(({ label, box }) => [label, box]), [[0, [2, 2, 4, 4]]]);
 * await Deno.remove(file);
 * ```
 */
export async function readDetectionDataset(file: string): Promise<DetectionDataset> {
  const raw: Record<typeof LISTS[number], Raw[]> = { images: [], annotations: [], categories: [] };
  const names = await readJsonLists(file, (list, entry) => {
    if (Object.hasOwn(raw, list)) raw[list as typeof LISTS[number]].push(entry as Raw);
  });
  const absent = LISTS.filter((list) => !names.has(list));
  if (absent.length > 0) {
    throw new DataError(
      `Expected ${file} to hold lists of ${LISTS.join(", ")} but found no ${absent.join(", ")}`,
    );
  }
  const problems = new Problems(file);
  const isLvis = raw.images.some((image) => "neg_category_ids" in (image ?? {}));
  const categories = raw.categories.flatMap((entry) => categoryOf(entry, isLvis, problems));
  const labels = indexOfIds("categories", categories, problems);
  const images = raw.images.flatMap((entry) => imageOf(entry, isLvis, labels, problems));
  const places = indexOfIds("images", images, problems);
  problems.raise();
  const { annotations, faults } = annotationsOf(
    raw.annotations,
    { images, places, labels },
    problems,
  );
  indexOfIds("annotations", annotations, problems);
  problems.raise();
  return { file, images, categories, annotations, faults };
}

function categoryOf(entry: Raw, isLvis: boolean, problems: Problems): DetectionCategory[] {
  const { id, name, frequency, image_count } = entry ?? {};
  if (!Number.isSafeInteger(id) || typeof name !== "string") {
    problems.add("categories with id (an integer) and name (text)", shownEntry(entry));
    return [];
  }
  const group = FREQUENCIES[frequency as string];
  if (group === undefined && (isLvis || frequency !== undefined)) {
    problems.add(
      "each category to have a frequency of r, c or f",
      `category ${id} (${name}) with ${shownEntry(frequency)}`,
    );
  }
  return [{
    id: id as number,
    name,
    ...(group ? { frequency: group } : {}),
    ...(Number.isSafeInteger(image_count) ? { imageCount: image_count as number } : {}),
  }];
}

function imageOf(
  entry: Raw,
  isLvis: boolean,
  labels: ReadonlyMap<number, number>,
  problems: Problems,
): DetectionImage[] {
  const { id, width, height, file_name, coco_url } = entry ?? {};
  const path = typeof file_name === "string"
    ? file_name
    // The address of LVIS's images ends with the folder and name that COCO's archives hold.
    : typeof coco_url === "string"
    ? coco_url.split("/").slice(-2).join("/")
    : undefined;
  const isSize = (value: unknown) => Number.isSafeInteger(value) && value as number > 0;
  if (!Number.isSafeInteger(id) || !isSize(width) || !isSize(height) || path === undefined) {
    problems.add(
      "images with id, width and height (integers) and file_name or coco_url (text)",
      shownEntry(entry),
    );
    return [];
  }
  const labelsIn = (field: string): number[] => {
    const ids = entry[field] ?? (isLvis ? undefined : []);
    if (!areNumbers(ids)) {
      problems.add(`each image to have ${field}, a list of ids`, `image ${id} with none`);
      return [];
    }
    return ids.flatMap((category) => {
      const label = labels.get(category);
      if (label !== undefined) return [label];
      problems.add(`${field} to be listed categories`, `category ${category} of image ${id}`);
      return [];
    });
  };
  return [{
    id: id as number,
    width: width as number,
    height: height as number,
    path,
    ...(isLvis ? { absent: labelsIn("neg_category_ids") } : {}),
    notExhaustive: labelsIn("not_exhaustive_category_ids"),
  }];
}

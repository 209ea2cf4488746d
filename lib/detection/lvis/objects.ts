/**
 * Annotations and detections that count, by class and image.
 *
 * @module
 */
import type { DetectionDataset } from "./dataset.ts";
import type { CocoResult } from "./results.ts";

/** Objects of one class in one image. */
export interface ImageObjects {
  /** Index of the image. */
  readonly image: number;
  /** Indices of its annotations, in the order of the file. */
  readonly annotations: number[];
  /** Indices of the results, the best scored first. */
  readonly detections: number[];
  /** Area of each of these results in pixels. */
  readonly areas: number[];
}

/**
 * Collects the objects of every class: annotations of an area above 0, and of the `most` best results of each image
 * those that have an area above 0 and a class that is annotated in the image or known to be absent from it.
 *
 * @param dataset Annotated images.
 * @param results Checked detections.
 * @param areaOf Area of a result by its index.
 * @param most Maximum number of results for an image.
 * @returns For each class the images with objects, by ascending id.
 */
export function objectsOfClasses(
  { images, categories, annotations }: DetectionDataset,
  results: readonly CocoResult[],
  areaOf: (index: number) => number,
  most: number,
): ImageObjects[][] {
  const classes: ImageObjects[][] = categories.map(() => []);
  const labels = new Map(categories.map(({ id }, label) => [id, label]));
  const places = new Map(images.map(({ id }, place) => [id, place]));
  const annotated = byImage(images.length, annotations, ({ image }) => image);
  const detected = byImage(images.length, results, ({ image_id }) => places.get(image_id)!);
  const ascending = [...images.keys()].sort((a, b) => images[a].id - images[b].id);
  for (const image of ascending) {
    const own = new Map<number, ImageObjects>();
    const objectsOf = (label: number) => {
      const known = own.get(label);
      if (known) return known;
      const objects: ImageObjects = { image, annotations: [], detections: [], areas: [] };
      own.set(label, objects);
      classes[label].push(objects);
      return objects;
    };
    for (const index of annotated[image]) {
      if (annotations[index].area > 0) objectsOf(annotations[index].label).annotations.push(index);
    }
    const { absent } = images[image];
    const counted = absent && new Set([...own.keys(), ...absent]);
    // Sorting is stable, so that of equal scores those found first are kept.
    const best = detected[image].sort((a, b) => results[b].score - results[a].score);
    for (const index of best.slice(0, most)) {
      const label = labels.get(results[index].category_id)!;
      if (counted && !counted.has(label)) continue;
      const area = areaOf(index);
      if (!(area > 0)) continue;
      const objects = objectsOf(label);
      objects.detections.push(index);
      objects.areas.push(area);
    }
  }
  return classes;
}

/** Indices of the entries of each image. */
function byImage<T>(images: number, entries: readonly T[], imageOf: (entry: T) => number) {
  const found: number[][] = Array.from({ length: images }, () => []);
  entries.forEach((entry, index) => found[imageOf(entry)].push(index));
  return found;
}

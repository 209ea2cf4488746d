/**
 * Annotations of objects, checked.
 *
 * @module
 */
import { SHOWN } from "../../data/lists/some_of.ts";
import type { Polygon } from "../masks/polygon.ts";
import type {
  AnnotationFault,
  CountedFault,
  DetectionAnnotation,
  DetectionImage,
  PolygonFault,
} from "./dataset.ts";
import { areNumbers, type Problems, shownEntry } from "./entries.ts";
import { type CocoSegmentation, faultOfPolygon, readRle } from "./segmentation.ts";

/** What annotations refer to. */
export interface Referred {
  /** The images. */
  readonly images: readonly DetectionImage[];
  /** Index of each image id. */
  readonly places: ReadonlyMap<number, number>;
  /** Label of each category id. */
  readonly labels: ReadonlyMap<number, number>;
}

type Raw = Record<string, unknown>;

/**
 * Checks annotations.
 *
 * @param entries The entries of the file.
 * @param referred Images and categories.
 * @param problems Receives what makes the file unusable.
 * @returns The annotations, and what cannot be learnt from.
 */
export function annotationsOf(
  entries: readonly Raw[],
  referred: Referred,
  problems: Problems,
): { annotations: DetectionAnnotation[]; faults: CountedFault[] } {
  const counts = new Map<string, { count: number; first: number[] } & CountedFault>();
  const count = (what: "annotation" | "polygon", fault: AnnotationFault, id: number) => {
    const key = `${what} ${fault}`;
    const counted = counts.get(key) ?? { what, fault, count: 0, first: [] };
    counts.set(key, counted);
    counted.count++;
    if (counted.first.length < SHOWN) counted.first.push(id);
  };
  const annotations: DetectionAnnotation[] = [];
  for (const entry of entries) {
    const { id, image_id, category_id, bbox, area } = entry ?? {};
    const isWhole = [id, image_id, category_id].every(Number.isSafeInteger) &&
      areNumbers(bbox, 4) && Number.isFinite(area);
    if (!isWhole) {
      const fields = "id, image_id and category_id (integers), bbox (four numbers) and area";
      problems.add(`annotations with ${fields}`, shownEntry(entry));
      continue;
    }
    const image = referred.places.get(image_id as number);
    const label = referred.labels.get(category_id as number);
    if (image === undefined) {
      problems.add("annotations of listed images", `annotation ${id} of image ${image_id}`);
    }
    if (label === undefined) {
      problems.add("annotations of listed categories", `annotation ${id} of ${category_id}`);
    }
    if (image === undefined || label === undefined) continue;
    const size = referred.images[image];
    const found = segmentationOf(entry, size, problems);
    for (const fault of found.dropped) count("polygon", fault, id as number);
    const box = bbox as unknown as DetectionAnnotation["box"];
    const fault = faultOf(box, area as number, size, entry.iscrowd === 1) ?? found.fault;
    if (fault) count("annotation", fault, id as number);
    annotations.push({
      id: id as number,
      image,
      label,
      box,
      area: area as number,
      ...(found.segmentation ? { segmentation: found.segmentation } : {}),
      ignored: Boolean(entry.ignore),
      ...(fault ? { fault } : {}),
    });
  }
  return { annotations, faults: [...counts.values()] };
}

interface Segmentation {
  readonly segmentation?: DetectionAnnotation["segmentation"];
  readonly dropped: readonly PolygonFault[];
  /** Why no polygon is left. */
  readonly fault?: PolygonFault;
}

function segmentationOf(entry: Raw, image: DetectionImage, problems: Problems): Segmentation {
  const segmentation = entry.segmentation as CocoSegmentation | undefined | null;
  if (segmentation === undefined || segmentation === null) return { dropped: [] };
  const isList = Array.isArray(segmentation);
  if (!isList && typeof segmentation === "object") {
    try {
      const runs = segmentation as Exclude<CocoSegmentation, readonly unknown[]>;
      return { segmentation: readRle(runs, image), dropped: [] };
    } catch (error) {
      const reason = (error as Error).message.replace(/^Expected /, "");
      problems.add("run lengths that fill their images", `annotation ${entry.id}: ${reason}`);
      return { dropped: [] };
    }
  }
  if (!isList || !segmentation.every((part) => areNumbers(part) && part.length % 2 === 0)) {
    problems.add(
      "segmentations to be run lengths or polygons [x0, y0, x1, y1, …]",
      `annotation ${entry.id} with ${shownEntry(segmentation)}`,
    );
    return { dropped: [] };
  }
  const usable: Polygon[] = [], dropped: PolygonFault[] = [];
  for (const polygon of segmentation as number[][]) {
    const fault = faultOfPolygon(polygon, image);
    if (fault) dropped.push(fault);
    else usable.push(polygon);
  }
  return {
    segmentation: usable,
    dropped,
    ...(usable.length === 0 ? { fault: dropped[0] ?? "few-corners" } : {}),
  };
}

function faultOf(
  [x, y, width, height]: DetectionAnnotation["box"],
  area: number,
  image: DetectionImage,
  isCrowd: boolean,
): AnnotationFault | undefined {
  if (isCrowd) return "crowd";
  if (!(width > 0 && height > 0)) return "empty-box";
  if (!(area > 0)) return "no-area";
  const overlaps = x < image.width && y < image.height && x + width > 0 && y + height > 0;
  return overlaps ? undefined : "outside";
}

/**
 * Images with annotated objects, as LVIS and COCO describe them.
 *
 * @module
 */
import type { Polygon } from "../masks/polygon.ts";
import type { Rle } from "../masks/rle.ts";

/** `[x, y, width, height]` in pixels; x and y are those of the upper left corner. */
export type Box = readonly [x: number, y: number, width: number, height: number];

/** How many training images show a class: rare up to 10, common up to 100, frequent above. */
export type Frequency = "rare" | "common" | "frequent";

/** A class. */
export interface DetectionCategory {
  /** Id in the file. */
  readonly id: number;
  /** Name. */
  readonly name: string;
  /** Group, if the file states it, as files of LVIS do. */
  readonly frequency?: Frequency;
  /** Number of training images that show the class, if the file states it. */
  readonly imageCount?: number;
}

/** An image. */
export interface DetectionImage {
  /** Id in the file. */
  readonly id: number;
  /** Width in pixels. */
  readonly width: number;
  /** Height in pixels. */
  readonly height: number;
  /** Path of the image, relative to the folder of the images, for instance `val2017/000000000139.jpg`. */
  readonly path: string;
  /**
   * Labels of classes known to be absent, for federated annotations: nothing is known about classes that are neither
   * annotated nor listed here. Without it, as in COCO, all classes are annotated.
   */
  readonly absent?: readonly number[];
  /** Labels of classes of which not every object is annotated. */
  readonly notExhaustive: readonly number[];
}

/**
 * Why an annotation cannot be learnt from: its box has no positive width and height (`empty-box`) or lies outside the
 * image (`outside`), its area is not above 0 (`no-area`), or it stands for many objects (`crowd`); or none of its
 * polygons is usable, for a reason of {@linkcode PolygonFault}.
 */
export type AnnotationFault = "empty-box" | "outside" | "no-area" | "crowd" | PolygonFault;

/** Why a polygon is dropped: it has fewer than three corners, encloses no area, or lies outside the image. */
export type PolygonFault = "few-corners" | "flat-polygon" | "polygon-outside";

/** An annotated object. */
export interface DetectionAnnotation {
  /** Id in the file. */
  readonly id: number;
  /** Index of its image. */
  readonly image: number;
  /** Label of its class: the index of its category. */
  readonly label: number;
  /** Bounding box. */
  readonly box: Box;
  /** Area of the object in pixels, as stated by the file. */
  readonly area: number;
  /** The usable polygons, of which there may be none, or run lengths; missing where the file has only boxes. */
  readonly segmentation?: readonly Polygon[] | Rle;
  /** Whether evaluation ignores it: neither a detection of it nor a missing one counts. */
  readonly ignored: boolean;
  /** Why it cannot be learnt from, if it cannot. */
  readonly fault?: AnnotationFault;
}

/** Annotations that cannot be learnt from, or polygons that are dropped, for one reason. */
export interface CountedFault {
  /** What is counted. */
  readonly what: "annotation" | "polygon";
  /** Why. */
  readonly fault: AnnotationFault;
  /** Number of them. */
  readonly count: number;
  /** Ids of the annotations of the first few. */
  readonly first: readonly number[];
}

/** Annotated images. */
export interface DetectionDataset {
  /** Path of the file, for error messages. */
  readonly file: string;
  /** Images, in the order of the file. */
  readonly images: readonly DetectionImage[];
  /** Classes, in the order of the file; their indices are the labels. */
  readonly categories: readonly DetectionCategory[];
  /** Annotations, in the order of the file. */
  readonly annotations: readonly DetectionAnnotation[];
  /** What cannot be learnt from. */
  readonly faults: readonly CountedFault[];
}

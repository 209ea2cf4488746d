/**
 * Synthetic annotations and detections of the size of LVIS.
 *
 * @module
 */
import { type Rng, rng } from "../lib/core/rng.ts";
import type { CocoResult } from "../lib/detection/lvis/results.ts";
import { rleOfPolygons } from "../lib/detection/masks/polygon.ts";
import { rleArea, rleBox } from "../lib/detection/masks/rle_overlap.ts";
import { rleText } from "../lib/detection/masks/rle_text.ts";

/** Number of images and of classes, those of LVIS v1. */
const IMAGES = 1000, CLASSES = 1203;
const WIDTH = 640, HEIGHT = 480;
/** Annotations of an image, about as many as in LVIS. */
const OBJECTS = 12;
/** Detections near each annotation, and in all, as many as count. */
const NEAR = 4, DETECTIONS = 300;
/** Number of different masks of detections that are near no annotation. */
const SHAPES = 500;
const CORNERS = 16;

/**
 * Writes `val.json`, `boxes.json` and `masks.json`: 1,000 annotated images of 1,203 classes, and 300 detections in each
 * with boxes or with masks. Few classes have many objects; scores repeat.
 *
 * @param folder Where to write.
 */
export async function writeGeneratedLvis(folder: string): Promise<void> {
  const random = rng(0), annotations: unknown[] = [], images: unknown[] = [];
  const boxes: CocoResult[] = [], masks: CocoResult[] = [];
  const shapes = Array.from({ length: SHAPES }, () => filled(outline(random)));
  // Cubed, so that the first classes are frequent.
  const classOf = () => 1 + Math.floor(CLASSES * random.uniform() ** 3);
  for (let image_id = 1; image_id <= IMAGES; image_id++) {
    const present = new Set<number>();
    const detect = (category_id: number, { box, segmentation }: ReturnType<typeof filled>) => {
      const score = Math.round(1000 * random.uniform()) / 1000;
      boxes.push({ image_id, category_id, score, bbox: box });
      masks.push({ image_id, category_id, score, segmentation });
    };
    for (let object = 0; object < OBJECTS; object++) {
      const category_id = classOf(), polygon = outline(random), { box, area } = filled(polygon);
      if (area === 0) continue;
      present.add(category_id);
      const id = annotations.length + 1;
      annotations.push({ id, image_id, category_id, bbox: box, area, segmentation: [polygon] });
      for (let i = 0; i < NEAR; i++) {
        detect(category_id, filled(polygon.map((x) => x + 4 * random.normal())));
      }
    }
    for (let i = NEAR * OBJECTS; i < DETECTIONS; i++) {
      detect(classOf(), shapes[random.below(SHAPES)]);
    }
    const negative = Array.from({ length: 20 }, classOf).filter((id) => !present.has(id));
    images.push({
      id: image_id,
      width: WIDTH,
      height: HEIGHT,
      coco_url: `http://localhost/val2017/${image_id}.jpg`,
      neg_category_ids: [...new Set(negative)],
      not_exhaustive_category_ids: [...present].slice(0, 1),
    });
  }
  const categories = Array.from({ length: CLASSES }, (_, c) => ({
    id: c + 1,
    name: `class ${c}`,
    frequency: c < 405 ? "f" : c < 866 ? "c" : "r",
  }));
  const files = { val: { images, categories, annotations }, boxes, masks };
  for (const [name, content] of Object.entries(files)) {
    await Deno.writeTextFile(`${folder}/${name}.json`, JSON.stringify(content));
  }
}

/** A closed outline with dents. */
function outline(random: Rng): number[] {
  const radius = 10 + 120 * random.uniform() ** 3;
  const x = WIDTH * random.uniform(), y = HEIGHT * random.uniform();
  return Array.from({ length: CORNERS }, (_, corner) => {
    const angle = 2 * Math.PI * corner / CORNERS, length = radius * (0.7 + 0.6 * random.uniform());
    return [x + length * Math.cos(angle), y + length * Math.sin(angle)];
  }).flat().map((value) => Math.round(100 * value) / 100);
}

function filled(polygon: readonly number[]) {
  const mask = rleOfPolygons([polygon], HEIGHT, WIDTH);
  const segmentation = { size: [HEIGHT, WIDTH], counts: rleText(mask) };
  return { box: rleBox(mask), area: rleArea(mask), segmentation };
}

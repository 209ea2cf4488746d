/**
 * Run-length coded masks beside pycocotools, by tests/golden/make_lvis.py.
 *
 * @module
 */
import { assertEquals, assertThrows } from "@std/assert";
import { rleOfPolygons } from "../../../lib/detection/masks/polygon.ts";
import { pasteMask } from "../../../lib/detection/masks/paste.ts";
import { decodeMask, encodeMask } from "../../../lib/detection/masks/rle.ts";
import {
  rleArea,
  rleBox,
  rleIntersection,
  rleIou,
  rleUnion,
} from "../../../lib/detection/masks/rle_overlap.ts";
import { rleOfText, rleText } from "../../../lib/detection/masks/rle_text.ts";
import detection from "../../golden/detection.json" with { type: "json" };
import golden from "../../golden/lvis.json" with { type: "json" };

Deno.test("polygons are filled as pycocotools fills them", () => {
  for (const { size: [height, width], polygons, counts } of golden.polygons) {
    assertEquals(rleText(rleOfPolygons(polygons, height, width)), counts);
  }
});

Deno.test("masks are coded as pycocotools codes them, and decoded again", () => {
  for (const { size: [height, width], masks, counts } of golden.masks) {
    masks.forEach((mask, i) => {
      const rle = encodeMask(mask, height, width);
      assertEquals(rleText(rle), counts[i]);
      assertEquals([...decodeMask(rleOfText(counts[i], height, width))], mask);
    });
  }
});

Deno.test("areas, boxes, overlaps and unions are those of pycocotools", () => {
  for (const { size: [height, width], counts, area, box, iou, union } of golden.masks) {
    const [first, second] = counts.map((text) => rleOfText(text, height, width));
    assertEquals(rleArea(first), area);
    assertEquals([...rleBox(first)], box);
    assertEquals(rleIou(first, second), iou);
    assertEquals(rleText(rleUnion([first, second])), union);
  }
});

Deno.test("masks are pasted as mmdetection pastes them", () => {
  for (const { box, probabilities, mask } of detection.pasted) {
    const found = pasteMask(probabilities, 5, box, { height: 20, width: 23 });
    assertEquals(decodeMask(found).join(""), mask);
    // Also run-length coded as a mask would be, without runs of length 0 but the first.
    assertEquals(found, encodeMask(decodeMask(found), 20, 23));
  }
  const outside = pasteMask([1, 1, 1, 1], 2, [30, 30, 40, 40], { height: 20, width: 23 });
  const flat = pasteMask([1, 1, 1, 1], 2, [3, 3, 3, 9], { height: 20, width: 23 });
  const tall = pasteMask([1, 1, 1, 1], 2, [-40, -40, 80, 80], { height: 20, width: 23 });
  assertEquals([outside, flat, tall].map(rleArea), [0, 0, 460]);
});

Deno.test("long runs survive their text form", () => {
  const counts = Uint32Array.of(0, 1_000_000, 31, 5_000_000, 32, 0, 7, 3);
  const size = counts.reduce((sum, count) => sum + count, 0);
  const rle = { height: 1, width: size, counts };
  assertEquals(rleOfText(rleText(rle), 1, size), rle);
});

Deno.test("damaged run lengths and masks of different sizes are refused", () => {
  const refuse = (text: string, words: string) =>
    assertThrows(() => rleOfText(text, 4, 5), RangeError, words);
  refuse("9220", "runs that fill 4×5 pixels");
  refuse("922z", "COCO's run lengths");
  refuse("922P", "COCO's run lengths");
  refuse("92 03", "COCO's run lengths");
  const [wide, high] = [encodeMask([1, 1], 1, 2), encodeMask([1, 1], 2, 1)];
  for (const combine of [rleIntersection, rleIou]) {
    assertThrows(() => combine(wide, high), RangeError, "1×2 and 2×1");
  }
  assertThrows(() => rleUnion([wide, high]), RangeError, "1×2 and 2×1");
  assertThrows(() => rleUnion([]), RangeError, "at least one mask");
  assertThrows(() => encodeMask([1], 1, 2), RangeError, "1×2 = 2 pixels");
});

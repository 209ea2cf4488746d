/**
 * Non-maximum suppression.
 *
 * @module
 */
import { EngineError } from "../../../../core/errors.ts";
import type { Builder } from "../builder.ts";
import { flag, type Rule, type Rules } from "../rule.ts";
import { untilUnchanged } from "../until_unchanged.ts";
import { constantOf, type Value } from "../value.ts";
import { sortedBy } from "./indexing.ts";

/** Left, top, right and bottom sides, or the other way round. */
type Corners = readonly [Value, Value, Value, Value];

/** Keeps the best boxes of every class, and of these the best of all classes, padded with zeros. */
const suppression: Rule = (b, call) => {
  const { inputs: [boxes, scores, perClass, , iou, least], outputs } = call;
  const [images, count, classes] = scores.shape, [, total] = outputs[1].shape;
  const [most] = constantOf(perClass, "the number of boxes of a class");
  if (most < total || flag(call, "clip_boxes")) {
    throw new EngineError(
      `Expected boxes that are not clipped, as many of a class as of all, but found ${most} of ${total}`,
    );
  }
  // The boxes of each class of each image, the best scored first.
  const ofClass = [images * classes, count];
  const byClass = (x: Value) => b.reshape(b.transpose(x, [0, 2, 1]), ofClass);
  const side = (i: number): Value => {
    const { shape } = boxes, from = [0, 0, 0, i], to = [...shape.slice(0, 3), i + 1];
    const one = b.reshape(b.slice(boxes, from, to), shape.slice(0, 3));
    return byClass(b.broadcast(one, scores.shape));
  };
  const [ordered, ...corners] = sortedBy(b, [byClass(scores), ...[0, 1, 2, 3].map(side)], 1);
  const isValid = b.compare("GT", ordered, b.broadcast(least, ofClass));
  const overlaps = b.compare(
    "GT",
    overlapsOf(b, corners as unknown as Corners),
    b.broadcast(iou, [...ofClass, count]),
  );
  const isKept = keptBoxes(b, isValid, overlaps);

  const ofImage = [images, classes * count];
  const kept = b.reshape(isKept, ofImage);
  const lowest = b.like(-Infinity, { shape: ofImage, element: "f32" });
  const candidates = b.select(kept, b.reshape(ordered, ofImage), lowest);
  const label = b.iota([images, classes, count], 1, "f32");
  const operands = [
    candidates,
    b.reshape(label, ofImage),
    ...corners.map((x) => b.reshape(x, ofImage)),
  ];
  const best = sortedBy(b, operands, 1).map((x, i) =>
    columns(b, x, total, i === 0 ? -Infinity : 0)
  );
  const isFound = b.compare("GT", best[0], b.like(-Infinity, best[0]));
  const [score, own, ...sides] = best.map((x) => b.select(isFound, x, b.like(0, x)));
  return [
    b.concatenate(sides.map((x) => b.reshape(x, [images, total, 1])), 2),
    score,
    own,
    b.reduce("add", b.convert(isFound, "i32"), [1], 0),
  ];
};

/** Takes the first columns, and adds others if there are too few. */
function columns(b: Builder, x: Value, count: number, value: number): Value {
  const [rows, given] = x.shape, missing = Math.max(0, count - given);
  const first = b.slice(x, [0, 0], [rows, count - missing]);
  return b.pad(first, [[0, 0], [0, missing]], b.scalar(value, x.element));
}

/**
 * The overlaps of boxes with those that come before them, as intersection over union; 0 for the others.
 *
 * @param b The module.
 * @param corners Sides, each `[lists, boxes]`.
 * @returns Shape `[lists, boxes, boxes]`, the box that comes before on the second axis.
 */
function overlapsOf(b: Builder, [x0, y0, x1, y1]: Corners): Value {
  const [lists, count] = x0.shape, pairs = [lists, count, count];
  const both = (operation: "minimum" | "maximum", x: Value) =>
    b.binary(operation, b.broadcast(x, pairs, [0, 1]), b.broadcast(x, pairs, [0, 2]));
  const [left, right] = [b.binary("minimum", x0, x1), b.binary("maximum", x0, x1)];
  const [top, bottom] = [b.binary("minimum", y0, y1), b.binary("maximum", y0, y1)];
  const area = b.binary(
    "multiply",
    b.binary("subtract", right, left),
    b.binary("subtract", bottom, top),
  );
  const extent = (from: Value, to: Value) => {
    const length = b.binary("subtract", both("minimum", to), both("maximum", from));
    return b.binary("maximum", length, b.like(0, length));
  };
  const common = b.binary("multiply", extent(left, right), extent(top, bottom));
  const areas = b.binary(
    "add",
    b.broadcast(area, pairs, [0, 1]),
    b.broadcast(area, pairs, [0, 2]),
  );
  const overlap = b.binary("divide", common, b.binary("subtract", areas, common));
  const isBefore = b.compare("LT", b.iota(pairs, 1, "i32"), b.iota(pairs, 2, "i32"));
  // Neither of two boxes without area overlaps the other, though the quotient is not a number.
  const isKnown = b.binary("and", isBefore, b.compare("GT", common, b.like(0, common)));
  return b.select(isKnown, overlap, b.like(0, overlap));
}

/**
 * Keeps valid boxes that no kept box before them overlaps. Which boxes these are is computed from those that were kept by
 * the previous iteration, until nothing changes: the first boxes are right after the first iteration, and every iteration
 * corrects at least one more, but usually most of the rest, so there are far fewer iterations than boxes.
 *
 * @param b The module.
 * @param isValid Boxes that may be kept, `[lists, boxes]`.
 * @param overlaps Pairs that exclude each other, `[lists, boxes, boxes]`, the box that comes before on the second axis.
 * @returns The boxes that are kept, `[lists, boxes]`.
 */
function keptBoxes(b: Builder, isValid: Value, overlaps: Value): Value {
  return untilUnchanged(b, isValid, (isKept) => {
    const excluding = b.binary("and", overlaps, b.broadcast(isKept, overlaps.shape, [0, 1]));
    return b.select(b.reduce("or", excluding, [1], 0), b.like(0, isKept), isValid);
  });
}

/** Non-maximum suppression. */
export const SUPPRESSION: Rules = { CombinedNonMaxSuppression: suppression };

import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { calibrationError } from "../../lib/metrics/calibration_error.ts";
import { confusionMatrix } from "../../lib/metrics/confusion_matrix.ts";
import { groupAccuracy } from "../../lib/metrics/group_accuracy.ts";
import { macroF1 } from "../../lib/metrics/macro_f1.ts";
import { perClassAccuracy } from "../../lib/metrics/per_class_accuracy.ts";
import golden from "../golden/training.json" with { type: "json" };

const { labels, predicted, confidence, counts, ...expected } = golden.metrics;
const confusion = confusionMatrix(labels, predicted, counts.length);

Deno.test("groupAccuracy() agrees with numpy", () => {
  const { all, head, medium, tail } = groupAccuracy(confusion, counts);
  assertAlmostEquals(all, expected.all, 1e-9);
  assertAlmostEquals(head!, expected.head, 1e-9);
  assertAlmostEquals(medium!, expected.medium, 1e-9);
  assertAlmostEquals(tail!, expected.tail, 1e-9);
});

Deno.test("perClassAccuracy() agrees with numpy", () => {
  perClassAccuracy(confusion).forEach((accuracy, label) =>
    assertAlmostEquals(accuracy!, expected.perClass[label], 1e-9)
  );
});

Deno.test("macroF1() and calibrationError() agree with numpy", () => {
  const right = labels.map((label, i) => label === predicted[i]);
  assertAlmostEquals(macroF1(confusion), expected.macroF1, 1e-9);
  assertAlmostEquals(calibrationError(confidence, right), expected.calibrationError, 1e-6);
});

Deno.test("groupAccuracy() is null for a group without classes", () => {
  const { head, medium, tail } = groupAccuracy([[1, 0], [1, 1]], [50, 20]);
  assertEquals([head, medium, tail], [null, 75, null]);
});

Deno.test("groupAccuracy() excludes classes without test images", () => {
  assertEquals(groupAccuracy([[4, 0], [0, 0]], [200, 300]).head, 100);
  const { all, mean, head, medium, tail } = groupAccuracy(
    [[90, 10, 0], [1, 1, 0], [0, 0, 0]],
    [200, 10, 50],
  );
  assertEquals([all, mean, head, medium, tail], [100 * 91 / 102, 70, 90, null, 50]);
});

Deno.test("macroF1() counts a class that is never predicted correctly as 0", () => {
  assertAlmostEquals(macroF1([[1, 0, 0], [1, 0, 0], [0, 0, 0]]), 100 * (2 / 3) / 2);
});

Deno.test("macroF1() excludes a class without images, even when it is predicted", () => {
  // scikit-learn: f1_score([0, 0, 1, 1], [0, 2, 1, 1], labels=[0, 1], average="macro")
  assertAlmostEquals(macroF1([[1, 0, 1], [0, 2, 0], [0, 0, 0]]), 100 * (2 / 3 + 1) / 2);
});

Deno.test("calibrationError() assigns confidences 0 and 1 to the outer bins", () => {
  assertAlmostEquals(calibrationError([0, 1], [false, true]), 0);
});

Deno.test("metrics throw on invalid labels and empty predictions", () => {
  assertThrows(
    () => confusionMatrix([0, 2], [0, 0], 2),
    RangeError,
    "Expected labels of 2 classes, integers from 0 to 1, but found 2 at position 1",
  );
  assertThrows(() => confusionMatrix([0], [], 2), RangeError, "as many predictions as labels");
  assertThrows(() => groupAccuracy([[0]], [1]), RangeError, "at least one image");
  assertThrows(() => groupAccuracy([[1]], [1, 2]), RangeError, "count for each of 1 classes");
  assertThrows(() => macroF1([[0]]), RangeError, "at least one image");
  assertThrows(() => calibrationError([], []), RangeError, "at least one image");
  assertThrows(() => calibrationError([1.5], [true]), RangeError, "found 1.5");
});

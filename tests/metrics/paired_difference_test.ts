import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { estimateMean, pairedDifference } from "../../lib/metrics/paired_difference.ts";
import { criticalT, studentT } from "../../lib/metrics/student_t.ts";
import golden from "../golden/student_t.json" with { type: "json" };

const bySeed = (values: readonly number[]) => new Map(values.entries());

Deno.test("studentT() and criticalT() agree with SciPy", () => {
  for (const { t, degrees, within } of golden.probabilities) {
    assertAlmostEquals(studentT(t, degrees), within, 1e-12, `${t}, ${degrees}`);
  }
  for (const { confidence, degrees, t } of golden.critical) {
    assertAlmostEquals(criticalT(confidence, degrees) / (t || 1), t && 1, 1e-9, `${degrees}`);
  }
});

Deno.test("pairedDifference() agrees with SciPy's ttest_rel", () => {
  for (const { after, before, confidence, mean, standardError, low, high } of golden.paired) {
    const found = pairedDifference(bySeed(after), bySeed(before), { confidence })!;
    assertEquals(found.count, after.length);
    assertAlmostEquals(found.mean, mean, 1e-12);
    assertAlmostEquals(found.standardError!, standardError, 1e-12);
    assertAlmostEquals(found.interval![0], low, 1e-9);
    assertAlmostEquals(found.interval![1], high, 1e-9);
  }
});

Deno.test("pairedDifference() takes the seeds of both, and knows nothing of a single one", () => {
  const before = new Map([[3, 10], [1, 20]]);
  assertEquals(pairedDifference(new Map([[1, 21], [2, 9]]), before), {
    mean: 1,
    count: 1,
    standardError: null,
    interval: null,
  });
  assertEquals(pairedDifference(new Map([[2, 9]]), before), null);
  const { interval } = pairedDifference(new Map([[1, 21], [3, 11]]), before)!;
  assertEquals(interval, [1, 1]);
});

Deno.test("statistics refuse what is no number of theirs", () => {
  assertThrows(() => studentT(1, 0), RangeError, "Expected degrees of freedom");
  assertThrows(() => studentT(-1, 3), RangeError, "Expected t to be");
  assertThrows(() => criticalT(1, 3), RangeError, "Expected confidence");
  assertThrows(() => estimateMean([]), RangeError, "but found none");
  assertThrows(() => estimateMean([1, NaN]), RangeError, "but found NaN");
  assert(estimateMean([1, 2], { confidence: 0 }).interval![0] === 1.5);
});

import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { constantSchedule, stepDecay, warmupCosine } from "../../lib/optim/schedule.ts";

Deno.test("warmupCosine() follows the paper's recipe", () => {
  const rate = warmupCosine({ iterations: 13_000 });
  assertAlmostEquals(rate(0), 0.05);
  assertAlmostEquals(rate(400), 0.075);
  assertAlmostEquals(rate(800), 0.1);
  assertAlmostEquals(rate(800 + 12_200 / 4), 0.1 * (1 + Math.SQRT1_2) / 2);
  assertAlmostEquals(rate(13_000), 0);
});

Deno.test("warmupCosine() warms up over the first 6 % of a short training", () => {
  const rate = warmupCosine({ iterations: 1000 });
  assertAlmostEquals(rate(30), 0.075);
  assertAlmostEquals(rate(60), 0.1);
  for (let i = 61; i < 1000; i++) assertEquals(rate(i) < rate(i - 1), true);
});

Deno.test("warmupCosine() is finite for a single step", () => {
  assertEquals(warmupCosine({ iterations: 1 })(0), 0.1);
});

Deno.test("stepDecay() and constantSchedule()", () => {
  const rate = stepDecay({ rate: 1, at: [2, 4], factor: 0.5 });
  assertEquals([0, 1, 2, 3, 4].map(rate), [1, 1, 0.5, 0.5, 0.25]);
  assertEquals(constantSchedule(0.3)(1e6), 0.3);
});

Deno.test("schedules throw on numbers out of range", () => {
  assertThrows(() => warmupCosine({ iterations: 0 }), RangeError, "Expected iterations");
  assertThrows(() => warmupCosine({ iterations: 5, peak: NaN }), RangeError, "Expected peak");
  assertThrows(() => stepDecay({ rate: 1, at: [4, 4] }), RangeError, "Expected at to ascend");
  assertThrows(() => constantSchedule(-1), RangeError, "Expected rate");
});

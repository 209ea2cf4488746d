import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import {
  constantSchedule,
  cosineDecay,
  joinSchedules,
  linearSchedule,
  stepDecay,
  warmupCosine,
  withWarmup,
} from "../../lib/optim/mod.ts";

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

Deno.test("warmupCosine() is a linear schedule and a cosine decay in sequence", () => {
  const rate = warmupCosine({ iterations: 50, start: 0.2, peak: 0.8, warmup: 10 });
  const parts = joinSchedules([
    linearSchedule({ start: 0.2, end: 0.8, iterations: 10 }),
    cosineDecay({ rate: 0.8, iterations: 40 }),
  ], [10]);
  for (let i = 0; i <= 60; i++) {
    const expected = i < 10
      ? 0.2 + 0.06 * i
      : 0.4 * (1 + Math.cos(Math.PI * Math.min(1, (i - 10) / 40)));
    assertAlmostEquals(parts(i), expected);
    assertEquals(rate(i), parts(i));
  }
});

Deno.test("joinSchedules() counts the steps of each schedule from its start", () => {
  const count = (offset: number) => (step: number) => offset + step;
  const rate = joinSchedules([count(10), count(20), count(30)], [2, 5]);
  assertEquals([0, 1, 2, 4, 5, 9].map(rate), [10, 11, 20, 22, 30, 34]);
  assertEquals(rate.warmup!.withSteps(2)(0), 5);
  assertEquals(withWarmup(rate, 4)(2), 15);
});

Deno.test("schedules throw on numbers out of range", () => {
  assertThrows(() => warmupCosine({ iterations: 0 }), RangeError, "Expected iterations");
  assertThrows(() => warmupCosine({ iterations: 5, peak: NaN }), RangeError, "Expected peak");
  assertThrows(() => stepDecay({ rate: 1, at: [4, 4] }), RangeError, "Expected at to ascend");
  assertThrows(() => joinSchedules([() => 1], [3]), TypeError, "Expected a first step for each");
  assertThrows(
    () => joinSchedules([() => 1, () => 1, () => 1], [3, 2]),
    RangeError,
    "Expected at to ascend but found 2 after 3",
  );
  assertThrows(() => constantSchedule(-1), RangeError, "Expected rate");
});

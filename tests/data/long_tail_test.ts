/**
 * Long-tailed profiles.
 *
 * @module
 */
import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { builtin } from "../../lib/data/builtin/mod.ts";
import { classCounts } from "../../lib/data/dataset.ts";
import { longTail, longTailCounts } from "../../lib/data/long_tail.ts";

const total = (counts: number[]) => counts.reduce((sum, count) => sum + count, 0);

Deno.test("longTailCounts() agrees with the published counts of CIFAR-LT", () => {
  assertEquals(
    longTailCounts({ classes: 10, max: 5000, imbalance: 100 }),
    [5000, 2997, 1796, 1077, 645, 387, 232, 139, 83, 50],
  );
  const totals = (classes: number, max: number) =>
    [200, 100, 50].map((imbalance) => total(longTailCounts({ classes, max, imbalance })));
  assertEquals(totals(10, 5000), [11203, 12406, 13996]);
  assertEquals(totals(100, 500), [9502, 10847, 12608]);
});

Deno.test("longTailCounts() falls from max to max / imbalance under every profile", () => {
  for (const profile of ["exponential", "step", "pareto"] as const) {
    for (const imbalance of [1, 10, 100]) {
      const counts = longTailCounts({ classes: 20, max: 1000, imbalance, profile });
      assertEquals(counts[0], 1000);
      assert(Math.abs(counts[19] - 1000 / imbalance) <= 1, `${profile} ${imbalance}: ${counts}`);
      assert(counts.every((count, c) => c === 0 || count <= counts[c - 1]));
    }
  }
  assertEquals(longTailCounts({ classes: 4, max: 100, imbalance: 10, profile: "step" }), [
    ...[100, 100, 10, 10],
  ]);
});

Deno.test("longTailCounts() throws on numbers out of range", () => {
  const fine = { classes: 10, max: 5000, imbalance: 100 };
  for (const bad of [{ imbalance: 0.5 }, { classes: 0 }, { max: 1.5 }, { imbalance: 1e5 }]) {
    assertThrows(() => longTailCounts({ ...fine, ...bad }), RangeError, "Expected");
  }
});

Deno.test("longTail() draws the given counts without repetition, deterministically by seed", () => {
  const { train } = builtin({ imbalance: 1, max: 60, testImages: 1 });
  const one = longTail(train, { imbalance: 10, seed: 0 });
  assertEquals(classCounts(one.dataset), one.counts);
  assertEquals(new Set(one.indices).size, one.indices.length);
  one.indices.forEach((index, i) => assertEquals(train.labels[index], one.dataset.labels[i]));
  assert(one.dataset.images.kind === "pixels" && train.images.kind === "pixels");
  assertEquals(
    one.dataset.images.pixels.subarray(3072 * 70, 3072 * 71),
    train.images.pixels.subarray(3072 * one.indices[70], 3072 * (one.indices[70] + 1)),
  );
  assertEquals(longTail(train, { imbalance: 10, seed: 0 }).sha256, one.sha256);
  assertNotEquals(longTail(train, { imbalance: 10, seed: 1 }).sha256, one.sha256);
});

Deno.test("builtin() has classes in Head, Medium and Tail and is deterministic by seed", () => {
  const one = builtin({ testImages: 1 }), same = builtin({ testImages: 1 });
  assertEquals(classCounts(one.train), [500, 299, 179, 107, 64, 38, 23, 13, 8, 5]);
  assert(one.train.images.kind === "pixels" && same.train.images.kind === "pixels");
  assertEquals(one.train.images.pixels, same.train.images.pixels);
  const other = builtin({ testImages: 1, seed: 1 });
  assert(other.train.images.kind === "pixels");
  assertNotEquals(other.train.images.pixels.slice(0, 3072), one.train.images.pixels.slice(0, 3072));
});

import { assertEquals } from "@std/assert";
import { didYouMean, nearestName } from "../../lib/core/did_you_mean.ts";

const KNOWN = ["batch", "evaluate-every", "iterations", "precision", "size", "seed"];

Deno.test("nearestName() finds names with a character inserted, deleted, replaced or swapped", () => {
  const cases: [string, string | undefined][] = [
    ["bath", "batch"],
    ["batcch", "batch"],
    ["botch", "batch"],
    ["bacth", "batch"],
    ["BATCH", "batch"],
    ["evaluate_every", "evaluate-every"],
    ["sede", "seed"],
    // Two of nine characters.
    ["prezision", "precision"],
    ["prezizion", "precision"],
    // Two of four are too many.
    ["suzo", undefined],
    ["bogus", undefined],
    ["", undefined],
    ["x", undefined],
  ];
  for (const [found, expected] of cases) assertEquals(nearestName(found, KNOWN), expected, found);
});

Deno.test("nearestName() finds the shortest name with the typed prefix", () => {
  assertEquals(nearestName("iter", KNOWN), "iterations");
  assertEquals(nearestName("resnext50", ["resnet50", "resnext50-32x4d"]), "resnext50-32x4d");
  assertEquals(nearestName("SEED", ["seed-of-all", "seed"]), "seed");
  assertEquals(nearestName("balanced", ["balanced-softmax", "balanced-l1"]), "balanced-l1");
  assertEquals(nearestName("it", KNOWN), undefined);
});

Deno.test("nearestName() returns the first of equally near names", () => {
  assertEquals(nearestName("rose", ["nose", "hose"]), "nose");
  assertEquals(nearestName("rose", ["hose", "nose"]), "hose");
});

Deno.test("didYouMean() is empty when no name is near", () => {
  assertEquals(didYouMean("sise", KNOWN), " (did you mean size?)");
  assertEquals(didYouMean("nothing-of-that", KNOWN), "");
});

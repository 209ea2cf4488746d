import { assertEquals, assertThrows } from "@std/assert";
import { imagesOfClasses } from "../../lib/data/mod.ts";

Deno.test("imagesOfClasses() returns the first images of each class", () => {
  const labels = Int32Array.of(2, 0, 1, 2, 2, 1);
  assertEquals(imagesOfClasses(labels, [2, 1]), [0, 3, 4, 2, 5]);
  assertEquals(imagesOfClasses(labels, [1, 2], { perClass: 2 }), [2, 5, 0, 3]);
  assertEquals(imagesOfClasses(labels, [7]), []);
  for (const perClass of [0, 1.5, NaN]) {
    assertThrows(() => imagesOfClasses(labels, [0], { perClass }), RangeError, `${perClass}`);
  }
});

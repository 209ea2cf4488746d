/**
 * AutoAugment's operations against torchvision (tests/golden/make_augment.py).
 *
 * @module
 */
import { assertEquals, assertThrows } from "@std/assert";
import { rng } from "../../../lib/core/rng.ts";
import { OPERATIONS } from "../../../lib/data/augment/scaled_operations.ts";
import { Canvas } from "../../../lib/data/augment/canvas.ts";
import { CIFAR_POLICY, type OperationName } from "../../../lib/data/augment/cifar_policy.ts";
import { augmenter } from "../../../lib/data/augment/mod.ts";
import { HEIGHT, picture, WIDTH } from "./picture.ts";

const golden: {
  fill: number[];
  rows: { operation: OperationName; magnitude: number; picture: string; pixels: string }[];
} = JSON.parse(
  await Deno.readTextFile(new URL("../../golden/augment.json", import.meta.url)),
);

for (const name of Object.keys(OPERATIONS)) {
  Deno.test(`${name} agrees with torchvision`, () => {
    const rows = golden.rows.filter(({ operation }) => operation === name);
    assertEquals(rows.length >= 2, true);
    for (const row of rows) {
      const canvas = picture(row.picture);
      OPERATIONS[row.operation].run(canvas, row.magnitude, Uint8Array.from(golden.fill));
      assertEquals(
        canvas.pixels.subarray(0, canvas.length),
        Uint8Array.fromBase64(row.pixels),
        `${name} ${row.magnitude} of ${row.picture}`,
      );
    }
  });
}

Deno.test("autoaugment draws every sub-policy and keeps the size", () => {
  assertEquals(CIFAR_POLICY.length, 25);
  const step = augmenter([{ name: "autoaugment" }]);
  const random = rng(3), results = new Set<string>();
  for (let i = 0; i < 300; i++) {
    const canvas = picture("waves");
    step(canvas, random);
    assertEquals([canvas.height, canvas.width], [HEIGHT, WIDTH]);
    results.add(canvas.pixels.subarray(0, canvas.length).toBase64());
  }
  assertEquals(results.size > 40, true, `only ${results.size} results`);
});

Deno.test("autoaugment throws on grayscale images", () => {
  const canvas = new Canvas();
  canvas.load(new Uint8Array(16), 0, 4, 4, 1);
  assertThrows(
    () => augmenter([{ name: "autoaugment" }])(canvas, rng(0)),
    RangeError,
    "3 channels",
  );
});

Deno.test("augmenter throws on unknown operations", () => {
  assertThrows(() => augmenter([{ name: "blur" } as never]), RangeError, "crop, flip");
});

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

const golden: {
  height: number;
  width: number;
  fill: number[];
  rows: { operation: OperationName; magnitude: number; picture: string; pixels: string }[];
} = JSON.parse(
  await Deno.readTextFile(new URL("../../golden/augment.json", import.meta.url)),
);

/** The images of the script. */
function picture(kind: string): Canvas {
  const { height, width } = golden;
  const pixels = Uint8Array.from({ length: height * width * 3 }, (_, i) => {
    const c = i % 3, x = Math.floor(i / 3) % width, y = Math.floor(i / 3 / width);
    return kind === "waves"
      ? (x * 11 + y * 7 + c * 50 + (x * y * (c + 2)) % 41) % 256
      : 90 + (x * 3 + y * 2 + c * 10) % 60;
  });
  const canvas = new Canvas();
  canvas.load(pixels, 0, height, width, 3);
  return canvas;
}

for (const name of Object.keys(OPERATIONS)) {
  Deno.test(`${name} changes images as torchvision does`, () => {
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

Deno.test("autoaugment draws every sub-policy and leaves the size alone", () => {
  assertEquals(CIFAR_POLICY.length, 25);
  const step = augmenter([{ name: "autoaugment" }]);
  const random = rng(3), results = new Set<string>();
  for (let i = 0; i < 300; i++) {
    const canvas = picture("waves");
    step(canvas, random);
    assertEquals([canvas.height, canvas.width], [golden.height, golden.width]);
    results.add(canvas.pixels.subarray(0, canvas.length).toBase64());
  }
  assertEquals(results.size > 40, true, `only ${results.size} results`);
});

Deno.test("autoaugment refuses images that are not in colour", () => {
  const canvas = new Canvas();
  canvas.load(new Uint8Array(16), 0, 4, 4, 1);
  assertThrows(
    () => augmenter([{ name: "autoaugment" }])(canvas, rng(0)),
    RangeError,
    "3 channels",
  );
});

Deno.test("augmenter refuses what it does not know", () => {
  assertThrows(() => augmenter([{ name: "blur" } as never]), RangeError, "crop, flip");
});

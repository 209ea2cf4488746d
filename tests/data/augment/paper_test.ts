/**
 * The paper's augmentation of CIFAR against Pillow and numpy (tests/golden/make_paper_augment.py).
 *
 * @module
 */
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { type Rng, rng } from "../../../lib/core/rng.ts";
import type { OperationName } from "../../../lib/data/augment/cifar_policy.ts";
import { type Augmentation, augmenter } from "../../../lib/data/augment/mod.ts";
import { namedAugmentation } from "../../../lib/data/augment/named.ts";
import { normaliser } from "../../../lib/data/augment/normalise.ts";
import { BALANCED_SOFTMAX_OPERATIONS } from "../../../lib/data/augment/scaled_operations.ts";
import { recipe } from "../../../lib/recipes/mod.ts";
import { picture } from "./picture.ts";

const golden: {
  fill: number[];
  rows: { operation: OperationName; magnitude: number; picture: string; pixels: string }[];
  pairs: string[];
  mean: number[];
  std: number[];
  hole: { size: number; row: number; column: number; values: number[] };
} = JSON.parse(
  await Deno.readTextFile(new URL("../../golden/paper_augment.json", import.meta.url)),
);

for (const [name, rows] of Map.groupBy(golden.rows, ({ operation }) => operation)) {
  Deno.test(`${name} of Balanced Softmax's code agrees with Pillow`, () => {
    for (const row of rows) {
      const canvas = picture(row.picture);
      BALANCED_SOFTMAX_OPERATIONS[name].run(canvas, row.magnitude, Uint8Array.from(golden.fill));
      assertEquals(
        canvas.pixels.subarray(0, canvas.length),
        Uint8Array.fromBase64(row.pixels),
        `${name} ${row.magnitude} of ${row.picture}`,
      );
    }
  });
}

/** A stream that returns the given numbers in sequence. */
function scripted(below: number[], uniform: number[] = []): Rng {
  return { ...rng(0), below: () => below.shift()!, uniform: () => uniform.shift()! } as Rng;
}

Deno.test("autoaugment with Balanced Softmax's operations agrees with Pillow for every sub-policy", async () => {
  const { fill } = golden;
  const step = augmenter([{ name: "autoaugment", operations: "balanced-softmax", fill }]);
  for (const [number, expected] of golden.pairs.entries()) {
    const canvas = picture("waves"), draw = number % 2 === 0 ? 0.5 : 0.4;
    step(canvas, scripted([number >> 1], [0, draw, 0, draw]));
    const pixels = canvas.pixels.slice(0, canvas.length);
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", pixels)).toHex();
    assertEquals(digest, expected, `sub-policy ${number >> 1}, sign ${number % 2}`);
  }
});

Deno.test("cutout with a fill is applied before normalisation", () => {
  const { mean, std, hole: { size, row, column, values } } = golden;
  const canvas = picture("waves");
  augmenter([{ name: "cutout", size, fill: 0 }])(canvas, scripted([row, column]));
  const out = new Float32Array(canvas.length);
  normaliser(mean, std)(canvas, out, 0);
  for (const [i, value] of values.entries()) assertAlmostEquals(out[i], value, 2e-6);
});

Deno.test("the paper's recipes for CIFAR augment like its source code", () => {
  const paper: readonly Augmentation[] = [
    { name: "crop", padding: 4 },
    { name: "flip" },
    { name: "autoaugment", operations: "balanced-softmax" },
    { name: "cutout", size: 16, fill: 0 },
  ];
  for (const dataSet of ["cifar10-lt", "cifar100-lt", "cifar10", "cifar100"]) {
    assertEquals(recipe(`${dataSet}/ce`).augment, paper, dataSet);
  }
  assertEquals(namedAugmentation("autoaugment-cutout", 32), paper);
});

Deno.test("augmenter throws on unknown operations and fills", () => {
  assertThrows(
    () => augmenter([{ name: "autoaugment", operations: "pillow" as never }]),
    RangeError,
    "Expected the operations to be torchvision or balanced-softmax but found pillow",
  );
  assertThrows(
    () => augmenter([{ name: "cutout", fill: "black" as never }]),
    RangeError,
    "Expected the hole's fill to be mean or a colour but found black",
  );
  assertThrows(() => augmenter([{ name: "cutout", fill: 256 }]), RangeError, "from 0 to 255");
});

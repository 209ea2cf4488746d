/**
 * Resizing, crops that resize, colour jitter and RandAugment against Pillow and torchvision
 * (tests/golden/make_sized_augment.py).
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { type Rng, rng } from "../../../lib/core/rng.ts";
import { Canvas } from "../../../lib/data/augment/canvas.ts";
import { changeColour } from "../../../lib/data/augment/color_jitter.ts";
import { fitTo } from "../../../lib/data/augment/fit.ts";
import { type Augmentation, augmenter } from "../../../lib/data/augment/mod.ts";
import { cropWindow } from "../../../lib/data/augment/random_resized_crop.ts";
import { resize } from "../../../lib/data/resize.ts";

type Size = [height: number, width: number];

const golden: {
  resizes: { from: Size; to: Size; pixels: string }[];
  fits: { from: Size; to: number; pixels: string }[];
  crops: {
    from: Size;
    ratio: [number, number];
    uniform: number[];
    below: number[];
    window: number[];
    pixels: string;
  }[];
  jitters: { order: number[]; factors: number[]; pixels: string }[];
  policies: { magnitude: number; below: number[]; pixels: string }[];
} = JSON.parse(
  await Deno.readTextFile(new URL("../../golden/sized_augment.json", import.meta.url)),
);

/** The images of the golden script. */
function picture([height, width]: Size): Canvas {
  const pixels = Uint8Array.from({ length: height * width * 3 }, (_, i) => {
    const c = i % 3, x = Math.floor(i / 3) % width, y = Math.floor(i / 3 / width);
    return (x * 11 + y * 7 + c * 50 + (x * y * (c + 2)) % 41) % 256;
  });
  const canvas = new Canvas();
  canvas.load(pixels, 0, height, width, 3);
  return canvas;
}

function assertPixels(canvas: Canvas, base64: string, message: string): void {
  const found = canvas.pixels.subarray(0, canvas.length);
  assertEquals(found, Uint8Array.fromBase64(base64), message);
}

/** A stream that returns the given values in sequence. */
function scripted({ uniform = [], below = [] }: { uniform?: number[]; below?: number[] }): Rng {
  const [uniforms, belows] = [[...uniform], [...below]];
  return { ...rng(0), position: 0, uniform: () => uniforms.shift()!, below: () => belows.shift()! };
}

Deno.test("resize() agrees with Pillow byte for byte", () => {
  for (const { from, to: [height, width], pixels } of golden.resizes) {
    const { pixels: source } = picture(from);
    const image = { height: from[0], width: from[1], pixels: source };
    assertEquals(resize(image, width, height).pixels, Uint8Array.fromBase64(pixels), `${from}`);
  }
});

Deno.test("centre-crop agrees with torchvision's Resize and CenterCrop byte for byte", () => {
  for (const { from, to, pixels } of golden.fits) {
    const canvas = picture(from);
    fitTo(canvas, "centre-crop", to, to);
    assertPixels(canvas, pixels, `${from} to ${to}`);
  }
});

Deno.test("random-resized-crop agrees with torchvision's windows and bytes", () => {
  for (const { from, ratio, window, pixels, ...drawn } of golden.crops) {
    const canvas = picture(from);
    const { top, left, height, width } = cropWindow(canvas, [0.08, 1], ratio, scripted(drawn));
    assertEquals([top, left, height, width], window, `${from} ${ratio}`);
    const step = augmenter([{ name: "random-resized-crop", size: [8, 10], ratio }]);
    step(canvas, scripted(drawn));
    assertPixels(canvas, pixels, `${from} ${ratio}`);
  }
});

Deno.test("random-resized-crop stays within its scale, its ratio and the image", () => {
  const random = rng(3);
  const image = { height: 300, width: 200 };
  let smallest = Infinity, largest = 0;
  for (let i = 0; i < 2000; i++) {
    const { left, top, width, height } = cropWindow(image, [0.2, 0.5], [0.8, 1.2], random);
    assert(left >= 0 && top >= 0 && left + width <= 200 && top + height <= 300);
    assert(width / height > 0.78 && width / height < 1.22);
    const fraction = width * height / 60_000;
    smallest = Math.min(smallest, fraction);
    largest = Math.max(largest, fraction);
  }
  assertAlmostEquals(smallest, 0.2, 0.01);
  assertAlmostEquals(largest, 0.5, 0.01);
});

Deno.test("color-jitter agrees with torchvision", () => {
  for (const { order, factors, pixels } of golden.jitters) {
    const canvas = picture([20, 24]);
    for (const index of order) changeColour(canvas, index, factors[index]);
    assertPixels(canvas, pixels, `${order} ${factors}`);
  }
});

Deno.test("color-jitter applies its four changes in every order, skipping those of strength 0", () => {
  const random = rng(5), results = new Set<string>();
  const step = augmenter([{ name: "color-jitter", hue: 0.2 }]);
  const still = augmenter([{
    name: "color-jitter",
    brightness: 0,
    contrast: 0,
    saturation: 0,
  }]);
  for (let i = 0; i < 100; i++) {
    const canvas = picture([20, 24]), before = canvas.pixels.slice();
    still(canvas, random);
    assertEquals(canvas.pixels, before);
    step(canvas, random);
    results.add(canvas.pixels.toBase64());
  }
  assertEquals([results.size, random.position], [100, 1400]);
});

Deno.test("rand-augment agrees with torchvision", () => {
  for (const { magnitude, below, pixels } of golden.policies) {
    const canvas = picture([20, 24]);
    augmenter([{ name: "rand-augment", magnitude }])(canvas, scripted({ below }));
    assertPixels(canvas, pixels, `${magnitude} ${below}`);
  }
});

Deno.test("resizing augmentations take the size from the data set", () => {
  const canvas = picture([64, 64]);
  augmenter([{ name: "random-resized-crop" }], [16, 20])(canvas, rng(0));
  assertEquals([canvas.height, canvas.width], [16, 20]);
  assertThrows(() => augmenter([{ name: "random-resized-crop" }]), RangeError, "found none");
});

Deno.test("augmentations throw on values out of range and on grayscale images", () => {
  const bad: Augmentation[] = [
    { name: "random-resized-crop", size: [0, 4] },
    { name: "random-resized-crop", size: [4, 4], scale: [0.5, 0.1] },
    { name: "random-resized-crop", size: [4, 4], ratio: [0, 1] },
    { name: "color-jitter", brightness: -1 },
    { name: "color-jitter", hue: 0.6 },
    { name: "rand-augment", magnitude: 31 },
    { name: "rand-augment", operations: 1.5 },
    { name: "rand-augment", bins: 1 },
  ];
  for (const augmentation of bad) {
    assertThrows(() => augmenter([augmentation]), RangeError, "but found");
  }
  const crop: Augmentation = { name: "random-resized-crop", size: [4, 4] };
  assertThrows(() => augmenter([{ name: "flip" }, crop]), RangeError, "first");
  const grey = new Canvas();
  grey.load(new Uint8Array(64), 0, 8, 8, 1);
  for (const augmentation of [crop, { name: "color-jitter" }, { name: "rand-augment" }] as const) {
    assertThrows(() => augmenter([augmentation])(grey, rng(0)), RangeError, "3 channels");
  }
});

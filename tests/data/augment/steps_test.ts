/**
 * Crop, flip and Cutout against straightforward references.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { type Rng, rng } from "../../../lib/core/rng.ts";
import { Canvas } from "../../../lib/data/augment/canvas.ts";
import { augmenter } from "../../../lib/data/augment/mod.ts";
import { normaliser } from "../../../lib/data/augment/normalise.ts";

const HEIGHT = 6, WIDTH = 5;

function numbered(): Canvas {
  const canvas = new Canvas();
  canvas.load(
    Uint8Array.from({ length: HEIGHT * WIDTH * 3 }, (_, i) => i + 1),
    0,
    HEIGHT,
    WIDTH,
    3,
  );
  return canvas;
}

/** A stream whose `below` returns the given values in sequence. */
function scripted(values: number[]): Rng {
  return { ...rng(0), below: () => values.shift()!, position: 0 } as Rng;
}

Deno.test("crop takes windows at every position of the padded image", () => {
  const padding = 2, step = augmenter([{ name: "crop", padding }]);
  const source = numbered().pixels;
  for (let top = 0; top <= 2 * padding; top++) {
    for (let left = 0; left <= 2 * padding; left++) {
      const canvas = numbered();
      step(canvas, scripted([top, left]));
      for (let y = 0; y < HEIGHT; y++) {
        for (let x = 0; x < WIDTH; x++) {
          const sy = y + top - padding, sx = x + left - padding;
          const inside = sy >= 0 && sy < HEIGHT && sx >= 0 && sx < WIDTH;
          const expected = inside ? source[(sy * WIDTH + sx) * 3] : 0;
          assertEquals(canvas.pixels[(y * WIDTH + x) * 3], expected);
        }
      }
    }
  }
});

Deno.test("crop takes every position equally often", () => {
  const random = rng(1), drawn = new Map<string, number>();
  const step = augmenter([{ name: "crop", padding: 1 }]);
  for (let i = 0; i < 9000; i++) {
    const canvas = numbered();
    step(canvas, random);
    const key = `${canvas.pixels.subarray(0, canvas.length)}`;
    drawn.set(key, (drawn.get(key) ?? 0) + 1);
  }
  assertEquals(drawn.size, 9);
  for (const times of drawn.values()) assert(times > 880 && times < 1120, `${times} of 9000`);
});

Deno.test("flip mirrors half of the images and is its own inverse", () => {
  const random = rng(2), step = augmenter([{ name: "flip" }]);
  const source = numbered().pixels.slice();
  let flipped = 0;
  for (let i = 0; i < 2000; i++) {
    const canvas = numbered();
    step(canvas, random);
    if (canvas.pixels[0] !== source[0]) {
      flipped++;
      augmenter([{ name: "flip", probability: 1 }])(canvas, random);
    }
    assertEquals(canvas.pixels.subarray(0, canvas.length), source);
  }
  assertAlmostEquals(flipped / 2000, 0.5, 0.04);
});

Deno.test("cutout sets its square to the mean, clipped at the edges", () => {
  const step = augmenter([{ name: "cutout", size: 2 }]);
  const canvas = numbered();
  step(canvas, scripted([0, 4]));
  const out = new Float32Array(canvas.length);
  normaliser([0, 0, 0], [1, 1, 1])(canvas, out, 0);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      const hole = y < 1 && x >= 3;
      const i = (y * WIDTH + x) * 3;
      assertAlmostEquals(out[i], hole ? 0 : (i + 1) / 255, 1e-6);
    }
  }
});

Deno.test("augmenter throws on values out of range", () => {
  for (
    const bad of [
      { name: "crop", padding: -1 },
      { name: "crop", size: [0, 3] },
      { name: "crop", fill: 300 },
      { name: "flip", probability: 1.5 },
      { name: "cutout", size: 0 },
    ]
  ) {
    assertThrows(() => augmenter([bad as never]), RangeError, "but found");
  }
});

/**
 * Draws scenes of shapes.
 *
 * @module
 */
import type { Rng } from "../../core/rng.ts";
import { colour, distanceToMark, type Mark } from "../../data/builtin/draw.ts";
import type { Shape } from "../../data/builtin/shapes.ts";

/** What the objects of a class look like. */
export interface Look {
  /** Shape of the object. */
  readonly shape: Shape;
  /** Mark on it, if any. */
  readonly mark?: Mark;
}

/** A drawn scene. */
export interface Scene {
  /** Red, green, blue from 0 to 255, `[side, side, 3]`. */
  readonly pixels: Uint8Array;
  /** Visible pixels of each object, 1 or 0, `[side, side]`. */
  readonly masks: readonly Uint8Array[];
}

/** Width of the noise interval, on the scale 0 to 255. */
const NOISE = 20;
/** Radii of objects as fractions of the side. */
const SMALLEST = 0.07, LARGEST = 0.19;
/** Radius for which marks are made, in pixels. */
const MARKED_RADIUS = 11;

/**
 * Draws objects at random places on a background with a colour gradient; later ones may cover parts of earlier ones.
 * Position, size, rotation, colours, stripes and noise are random.
 *
 * @param looks What the objects look like, the hindmost first.
 * @param side Height and width in pixels.
 * @param random Random stream.
 * @returns Pixels and masks.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { rng } from "@nbn/toolkit/core";
 * import { SHAPES } from "../../data/builtin/shapes.ts";
 *
 * const { pixels, masks } = drawScene([{ shape: SHAPES[0], mark: "dot" }], 64, rng(0));
 * assertEquals([pixels.length, masks[0].length], [64 * 64 * 3, 64 * 64]);
 * ```
 */
export function drawScene(looks: readonly Look[], side: number, random: Rng): Scene {
  const pixels = new Float32Array(side * side * 3);
  const masks = looks.map(() => new Uint8Array(side * side));
  const between = (low: number, high: number) => low + (high - low) * random.uniform();
  const hue = random.uniform(), slope = between(0, 2 * Math.PI);
  const near = colour(hue, between(0.2, 0.7), between(0.3, 0.9));
  const far = colour(hue + between(-0.15, 0.15), between(0.2, 0.7), between(0.3, 0.9));
  for (let y = 0, at = 0; y < side; y++) {
    for (let x = 0; x < side; x++, at += 3) {
      const along = ((x / side - 0.5) * Math.cos(slope) + (y / side - 0.5) * Math.sin(slope)) * 0.8;
      const share = Math.max(0, Math.min(1, 0.5 + along));
      for (let c = 0; c < 3; c++) pixels[at + c] = near[c] + (far[c] - near[c]) * share;
    }
  }
  looks.forEach((look, object) => paint(look, object, { pixels, masks, side }, random));
  return {
    pixels: Uint8Array.from(
      pixels,
      (value) => Math.max(0, Math.min(255, value + NOISE * (random.uniform() - 0.5))),
    ),
    masks,
  };
}

function paint(
  { shape, mark }: Look,
  object: number,
  { pixels, masks, side }: { pixels: Float32Array; masks: Uint8Array[]; side: number },
  random: Rng,
): void {
  const between = (low: number, high: number) => low + (high - low) * random.uniform();
  const body = colour(shape.hue + between(-0.13, 0.13), between(0.5, 0.9), between(0.35, 0.95));
  const isLight = 0.3 * body[0] + 0.6 * body[1] + 0.1 * body[2] > 128;
  const ink = between(0.55, 0.9);
  const markColour = body.map((value) => isLight ? value * (1 - ink) : value + (255 - value) * ink);
  const radius = side * between(SMALLEST, LARGEST);
  const centreX = between(radius, side - radius), centreY = between(radius, side - radius);
  const turn = between(-0.4, 0.4), cosine = Math.cos(turn), sine = Math.sin(turn);
  const stripes = between(0, 2 * Math.PI), pitch = between(1, 2), depth = between(0.05, 0.15);
  // As on the built-in images, marks lie on the axes of a shape.
  const quarter = random.below(4) * Math.PI / 2;
  const markX = shape.markAt * Math.cos(quarter), markY = shape.markAt * Math.sin(quarter);
  const tilt = between(0, Math.PI), tiltX = Math.cos(tilt), tiltY = Math.sin(tilt);
  const reach = Math.ceil(1.2 * radius);
  const from = (centre: number) => Math.max(0, Math.floor(centre - reach));
  const to = (centre: number) => Math.min(side, Math.ceil(centre + reach));
  for (let y = from(centreY); y < to(centreY); y++) {
    for (let x = from(centreX); x < to(centreX); x++) {
      const dx = (x + 0.5 - centreX) / radius, dy = (y + 0.5 - centreY) / radius;
      const u = cosine * dx + sine * dy, v = cosine * dy - sine * dx;
      const inside = Math.max(0, Math.min(1, 0.5 - shape.distance(u, v) * radius));
      if (inside === 0) continue;
      const at = y * side + x;
      if (inside >= 0.5) {
        for (const mask of masks) mask[at] = 0;
        masks[object][at] = 1;
      }
      const shade = 1 + depth * Math.sin(pitch * (x * Math.cos(stripes) + y * Math.sin(stripes)));
      const away = mark
        ? distanceToMark(mark, u - markX, v - markY, tiltX, tiltY, MARKED_RADIUS)
        : Infinity;
      const marked = Math.max(0, Math.min(1, 0.5 - away * radius / MARKED_RADIUS));
      for (let c = 0; c < 3; c++) {
        const plain = body[c] * shade + (markColour[c] - body[c] * shade) * marked;
        pixels[3 * at + c] += (plain - pixels[3 * at + c]) * inside;
      }
    }
  }
}

/**
 * Draws the built-in images.
 *
 * @module
 */
import type { Rng } from "../../core/rng.ts";
import type { Shape } from "./shapes.ts";

/** Height and width of the images in pixels. */
export const SIDE = 32;

/** Mark that distinguishes two classes of the same shape. */
export type Mark = "bar" | "dot";

/** Width of the noise interval, on the scale 0 to 255. */
const NOISE = 20;

/**
 * Draws a striped shape with a small mark on a background with a colour gradient, and adds noise. Position, size,
 * rotation, colours, stripes and noise are random.
 *
 * @param pixels Output array; values `[32, 32, 3]`, 0 to 255.
 * @param offset Offset of the image in `pixels`.
 * @param shape The shape.
 * @param mark The mark: a bar or a dot, of the same area.
 * @param random Random stream.
 */
export function draw(
  pixels: Uint8Array,
  offset: number,
  shape: Shape,
  mark: Mark,
  random: Rng,
): void {
  const between = (low: number, high: number) => low + (high - low) * random.uniform();
  const hue = random.uniform();
  const near = colour(hue, between(0.2, 0.7), between(0.3, 0.9));
  const far = colour(hue + between(-0.15, 0.15), between(0.2, 0.7), between(0.3, 0.9));
  const body = colour(shape.hue + between(-0.13, 0.13), between(0.5, 0.9), between(0.35, 0.95));
  const light = 0.3 * body[0] + 0.6 * body[1] + 0.1 * body[2] > 128;
  const ink = between(0.55, 0.9);
  const markColour = body.map((value) => light ? value * (1 - ink) : value + (255 - value) * ink);

  const radius = between(9, 12.5);
  const centreX = between(radius, SIDE - radius), centreY = between(radius, SIDE - radius);
  const turn = between(-0.4, 0.4), cosine = Math.cos(turn), sine = Math.sin(turn);
  const angle = between(0, 2 * Math.PI), acrossX = Math.cos(angle), acrossY = Math.sin(angle);
  const stripes = between(0, 2 * Math.PI), pitch = between(1, 2), depth = between(0.05, 0.15);
  const stripesX = pitch * Math.cos(stripes), stripesY = pitch * Math.sin(stripes);
  // Marks lie on the axes of a shape, because elsewhere a triangle's mark would cross its sides.
  const quarter = random.below(4) * Math.PI / 2;
  const markX = shape.markAt * Math.cos(quarter), markY = shape.markAt * Math.sin(quarter);
  const tilt = between(0, Math.PI), tiltX = Math.cos(tilt), tiltY = Math.sin(tilt);

  for (let y = 0, at = offset; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++, at += 3) {
      const dx = (x + 0.5 - centreX) / radius, dy = (y + 0.5 - centreY) / radius;
      const u = cosine * dx + sine * dy, v = cosine * dy - sine * dx;
      const fraction = clamp(0.5 + ((x - 16) * acrossX + (y - 16) * acrossY) / 40);
      const inside = clamp(0.5 - shape.distance(u, v) * radius);
      const shade = 1 + depth * Math.sin(x * stripesX + y * stripesY);
      const marked = clamp(0.5 - distanceToMark(mark, u - markX, v - markY, tiltX, tiltY, radius));
      for (let channel = 0; channel < 3; channel++) {
        const behind = near[channel] + (far[channel] - near[channel]) * fraction;
        const plain = behind + (body[channel] * shade - behind) * inside;
        const value = plain + (markColour[channel] - plain) * marked;
        pixels[at + channel] = Math.max(0, Math.min(255, value + NOISE * (random.uniform() - 0.5)));
      }
    }
  }
}

/**
 * Signed distance to the edge of a mark in pixels: a dot of radius 2.9, or a bar of 9.6 × 2.8.
 *
 * @param mark The mark.
 * @param u Position relative to the centre of the mark, in units of the shape.
 * @param v Position on the other axis.
 * @param tiltX Direction of a bar.
 * @param tiltY Direction of a bar on the other axis.
 * @param radius Pixels of a unit.
 * @returns The distance, negative inside.
 */
export function distanceToMark(
  mark: Mark,
  u: number,
  v: number,
  tiltX: number,
  tiltY: number,
  radius: number,
): number {
  const along = Math.abs(u * tiltX + v * tiltY) * radius;
  const across = Math.abs(v * tiltX - u * tiltY) * radius;
  return mark === "dot" ? Math.hypot(along, across) - 2.9 : Math.max(along - 4.8, across - 1.4);
}

function clamp(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

/** Converts HSV to RGB: hue in turns, saturation and value in [0, 1]; RGB from 0 to 255. */
export function colour(hue: number, saturation: number, value: number): number[] {
  return [5, 3, 1].map((shift) => {
    const sector = (shift + 6 * (hue - Math.floor(hue))) % 6;
    const fraction = Math.max(0, Math.min(sector, 4 - sector, 1));
    return 255 * value * (1 - saturation * fraction);
  });
}

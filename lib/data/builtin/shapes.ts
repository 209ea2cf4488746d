/**
 * Shapes of the built-in images.
 *
 * @module
 */

/** A shape centred at the origin, of about the size of the unit circle. */
export interface Shape {
  /** Name of the shape, for class names. */
  readonly name: string;
  /** Signed distance of a point to the edge, negative inside. */
  distance(x: number, y: number): number;
  /** Distance of the mark from the centre. */
  readonly markAt: number;
  /** Mean hue of its colours, in turns. */
  readonly hue: number;
}

/** Five shapes, each used by two classes. */
export const SHAPES: readonly Shape[] = [
  { name: "disc", distance: (x, y) => Math.hypot(x, y) - 0.9, markAt: 0.5, hue: 0 },
  {
    name: "square",
    distance: (x, y) => Math.max(Math.abs(x), Math.abs(y)) - 0.8,
    markAt: 0.5,
    hue: 0.2,
  },
  {
    name: "triangle",
    distance: (x, y) => Math.max(0.866 * Math.abs(x) + 0.5 * y, -y) - 0.55,
    markAt: 0.2,
    hue: 0.4,
  },
  {
    name: "ring",
    distance: (x, y) => Math.abs(Math.hypot(x, y) - 0.68) - 0.3,
    markAt: 0.68,
    hue: 0.6,
  },
  {
    name: "cross",
    distance: (x, y) => {
      const across = Math.abs(x), along = Math.abs(y);
      return Math.min(
        Math.max(across - 1, along - 0.36),
        Math.max(along - 1, across - 0.36),
      );
    },
    markAt: 0.6,
    hue: 0.8,
  },
];

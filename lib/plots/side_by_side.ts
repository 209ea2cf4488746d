/**
 * Responsive layout of two panels.
 *
 * @module
 */
import type { Panel } from "./draw.ts";

/** Figures narrower than this, in CSS pixels, stack their panels. */
const NARROW = 480;

/** Layout of two panels. */
export interface SideBySide {
  /** Width of each panel. */
  readonly each: number;
  /** Arranges panels in rows. */
  rows(panels: readonly Panel[]): Panel[][];
}

/**
 * Lays out two panels side by side, or stacked in a narrow figure.
 *
 * @param width Width of the figure in CSS pixels.
 * @returns The layout.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([sideBySide(760).each, sideBySide(340).each], [370, 340]);
 * ```
 */
export function sideBySide(width: number): SideBySide {
  return width < NARROW
    ? { each: width, rows: (panels) => panels.map((panel) => [panel]) }
    : { each: (width - 20) / 2, rows: (panels) => [[...panels]] };
}

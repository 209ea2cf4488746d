/**
 * Panels beside each other where there is room.
 *
 * @module
 */
import type { Panel } from "./draw.ts";

/** Narrower than this, panels stand below one another. */
const NARROW = 480;

/** How two panels are laid out. */
export interface SideBySide {
  /** Width of each panel. */
  readonly each: number;
  /** Puts panels into rows. */
  rows(panels: readonly Panel[]): Panel[][];
}

/**
 * Lays out two panels: side by side, or below one another in a narrow figure.
 *
 * @param width Width of both.
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

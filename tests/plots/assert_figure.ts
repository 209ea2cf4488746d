/**
 * Assertions for every figure.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import type { Figure } from "../../lib/plots/figure.ts";

/**
 * Asserts that a figure equals its snapshot (`deno test -A --update-snapshots tests/plots` after an intended
 * change), has no missing numbers, and differs between themes only in colours.
 */
export async function assertFigure(t: Deno.TestContext, figure: Figure): Promise<void> {
  await t.assertSnapshot(figure.in("light").svg.replaceAll("><", ">\n<"));
  assertEquals(/NaN|undefined|Infinity|currentColor|var\(/.exec(figure.svg), null);
  const shapes = (svg: string) => svg.replace(/(fill|stroke)="[^"]*"/g, "");
  assertEquals(shapes(figure.in("dark").svg), shapes(figure.in("light").svg));
  assert(figure.in("dark").svg !== figure.in("light").svg);
}

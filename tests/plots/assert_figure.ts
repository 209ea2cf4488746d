/**
 * What holds for every figure.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import type { Figure } from "../../lib/plots/figure.ts";

/**
 * Checks a figure: that it is its snapshot (`deno test -A --update-snapshots tests/plots` after a change that is
 * intended), that it has no missing numbers, and that both themes draw the same in other colours.
 */
export async function assertFigure(t: Deno.TestContext, figure: Figure): Promise<void> {
  await t.assertSnapshot(figure.in("light").svg.replaceAll("><", ">\n<"));
  assertEquals(/NaN|undefined|Infinity|currentColor|var\(/.exec(figure.svg), null);
  const shapes = (svg: string) => svg.replace(/(fill|stroke)="[^"]*"/g, "");
  assertEquals(shapes(figure.in("dark").svg), shapes(figure.in("light").svg));
  assert(figure.in("dark").svg !== figure.in("light").svg);
}

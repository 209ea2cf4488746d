/**
 * docs/faults.md beside the records that its tables are written from.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { PAGE, withParts } from "../../tools/faults/page.ts";
import { growth } from "../soak/growth.ts";
import { readSamples, RECORD } from "../soak/samples.ts";

Deno.test("docs/faults.md shows what the records hold", async () => {
  const text = await Deno.readTextFile(new URL(`../../${PAGE}`, import.meta.url));
  // `deno fmt` aligns tables and breaks lines.
  const words = (page: string) => page.replaceAll(/-{3,}/g, "---").replaceAll(/\s+/g, " ");
  assertEquals(words(await withParts(text)), words(text));
});

Deno.test("nothing grows in the recorded soak", async () => {
  const { samples } = await readSamples(RECORD);
  assertEquals([growth(samples), samples.length >= 100], [[], true]);
  assertEquals(samples.at(-1)!.step >= 20_000, true);
});

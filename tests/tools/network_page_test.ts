/**
 * The generated part of docs/many-machines.md beside the record that it is written from.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { PAGE, withNetwork } from "../../bench/network/page.ts";

Deno.test("docs/many-machines.md shows what was measured between network namespaces", async () => {
  const text = await Deno.readTextFile(new URL(`../../${PAGE}`, import.meta.url));
  // `deno fmt` aligns tables and breaks lines.
  const words = (page: string) => page.replaceAll(/-{3,}/g, "---").replaceAll(/\s+/g, " ");
  assertEquals(words(await withNetwork(text)), words(text));
});

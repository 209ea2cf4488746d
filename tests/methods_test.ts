import { assert, assertEquals } from "@std/assert";
import { methodRows, methodTable } from "../tools/methods.ts";
import { doors } from "../tools/doors.ts";

const rows = methodRows();
const modules = await Promise.all(doors().map(({ specifier }) => import(specifier)));
const names = new Set(modules.flatMap((module) => Object.keys(module)));

Deno.test("every method has public functions, a recipe and tests", () => {
  for (const { token, functions, recipe, tests } of rows) {
    assert(functions.length > 0, token);
    for (const name of functions) assert(names.has(name), `${token}: ${name}`);
    assert(recipe.split(/[/+]/).includes(token), token);
    assert(tests.length > 0, token);
  }
});

Deno.test("docs/methods.md is the output of `deno task methods`", async () => {
  // The formatter aligns columns and wraps lines.
  const plain = (text: string) => text.replaceAll(/-{3,}/g, "---").split(/\s+/).join(" ");
  const written = await Deno.readTextFile(new URL("../docs/methods.md", import.meta.url));
  assertEquals(plain(written), plain(methodTable(rows)));
});

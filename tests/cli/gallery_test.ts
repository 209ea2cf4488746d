/**
 * `deno task gallery` on the command line, and the pictures of the documentation.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { assertRefuses, inFolder, task } from "./task.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

function assertDrawn(svg: string): void {
  assert((svg.match(/<(path|rect|circle|image|line)\b/g) ?? []).length >= 5);
  assert(!/NaN|Infinity|undefined/.test(svg.replaceAll(/href="data:[^"]*"/g, "")));
}

Deno.test("gallery draws each figure of docs/analysis.md in light and dark", () =>
  inFolder(async (folder) => {
    const results = `${ROOT}/data/results`;
    const { code, stdout, stderr } = await task("gallery", results, "--to", folder);
    assertEquals(code, 0, stderr);
    assertMatch(stdout, /Together \d+ kB\n$/);
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
    assertEquals(names.filter((name) => name.endsWith("-dark.svg")).length * 2, names.length);
    for (const name of names) assertDrawn(await Deno.readTextFile(`${folder}/${name}`));
    const page = await Deno.readTextFile(`${ROOT}/docs/analysis.md`);
    const shown = [...page.matchAll(/"\.\.\/gallery\/([\w-]+\.svg)"/g)].map(([, name]) => name)
      .sort();
    assertEquals(shown, names);
    let bytes = 0;
    for (const name of shown) {
      const svg = await Deno.readTextFile(`${ROOT}/gallery/${name}`);
      assertDrawn(svg);
      bytes += svg.length;
    }
    assert(bytes < 400_000, `${bytes} bytes`);
  }));

Deno.test("gallery refuses invalid arguments in one line", () =>
  inFolder(async (folder) => {
    await assertRefuses("gallery", [folder], "or to contain some, but found neither");
    await assertRefuses("gallery", ["--bogus"], "Unknown option '--bogus'");
    await assertRefuses("gallery", ["--to", ""], "Expected --to with a value");
    const config = { training: { recipe: "builtin/ce", seed: 0, counts: [9, 1] } };
    await Deno.writeTextFile(`${folder}/config.json`, JSON.stringify(config));
    await assertRefuses("gallery", [folder], "Expected a run with an analysis of rare classes");
  }));

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import { basename, join } from "node:path";
import { findEnvironment } from "../../lib/cli/notebooks/environment.ts";
import { checkPages, chromiumPresent } from "../browser/chromium.ts";
import { inFolder } from "../in_folder.ts";
import { codeCells, figuresIn } from "./cells.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const NOTEBOOKS = join(ROOT, "notebooks");
const site = await findEnvironment(join(ROOT, ".venv")) !== undefined;
const browsers = await chromiumPresent();

const names = [...Deno.readDirSync(NOTEBOOKS)]
  .map(({ name }) => name).filter((name) => name.endsWith(".ipynb") && !name.startsWith("."))
  .sort();

async function write(...args: string[]): Promise<{ code: number; stderr: string }> {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", join(ROOT, "lib/cli/mod.ts"), "notebooks", "--html", ...args],
  }).output();
  return { code, stderr: new TextDecoder().decode(stderr) };
}

Deno.test({
  name: "notebooks --html writes an index and a self-contained page for each notebook" +
    (site ? "" : " (skipped: deno task notebooks --run installs nbconvert)"),
  ignore: !site,
  fn: () =>
    inFolder(async (folder) => {
      const { code, stderr } = await write("--to", folder);
      assertEquals(code, 0, stderr);
      const index = await Deno.readTextFile(join(folder, "index.html"));
      for (const name of names) {
        const file = name.replace(".ipynb", ".html");
        assertStringIncludes(index, `href="${file}"`);
        const page = await Deno.readTextFile(join(folder, file));
        const figures = (await codeCells(join(NOTEBOOKS, name))).flatMap(figuresIn);
        assertEquals(page.match(/<svg [^>]*class="nbn"/g)?.length, figures.length, name);
        assert(!/<script|<link|src="http/.test(page), name);
        // Links lead to other pages, copied files, or the web.
        for (const [, target] of page.matchAll(/<a [^>]*?href="([^"#][^"]*)"/g)) {
          if (/^https?:/.test(target)) continue;
          assert((await Deno.stat(join(folder, target))).isFile, `${name} links to ${target}`);
        }
      }
    }),
});

Deno.test({
  name: "the notebooks' pages have no faults on phone and desktop, light and dark" +
    (!browsers
      ? " (skipped: deno run -A tests/browser/install.ts installs Chromium)"
      : site
      ? ""
      : " (skipped: deno task notebooks --run installs nbconvert)"),
  ignore: !site || !browsers,
  fn: () =>
    inFolder(async (folder) => {
      const { code, stderr } = await write("--to", folder);
      assertEquals(code, 0, stderr);
      const pages = [{ path: join(folder, "index.html"), figures: names.length }];
      for (const name of names) {
        const figures = (await codeCells(join(NOTEBOOKS, name))).flatMap(figuresIn).length;
        pages.push({ path: join(folder, name.replace(".ipynb", ".html")), figures });
      }
      const found = await checkPages(pages);
      const named = pages.map(({ path }, i) => [basename(path), found[i]]);
      assertEquals(named, pages.map(({ path }) => [basename(path), []]));
    }),
});

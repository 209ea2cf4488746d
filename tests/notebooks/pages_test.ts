import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { basename, join } from "node:path";
import { checkPages, chromiumPresent } from "../browser/chromium.ts";
import { inFolder } from "../in_folder.ts";
import { codeCells, figuresIn } from "./cells.ts";
import { jupyterTest, NAMES, NOTEBOOKS, notebooks } from "./environment.ts";

const browsers = await chromiumPresent();

const write = (...args: string[]) => notebooks(["--html", ...args]);

jupyterTest(
  "notebooks --html writes an index and a self-contained page for each notebook",
  () =>
    inFolder(async (folder) => {
      const { code, stderr } = await write("--to", folder);
      assertEquals(code, 0, stderr);
      const index = await Deno.readTextFile(join(folder, "index.html"));
      for (const name of NAMES) {
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
);

jupyterTest(
  "the notebooks' pages have no faults on phone and desktop, light and dark",
  () =>
    inFolder(async (folder) => {
      const { code, stderr } = await write("--to", folder);
      assertEquals(code, 0, stderr);
      const pages = [{ path: join(folder, "index.html"), figures: NAMES.length }];
      for (const name of NAMES) {
        const figures = (await codeCells(join(NOTEBOOKS, name))).flatMap(figuresIn).length;
        pages.push({ path: join(folder, name.replace(".ipynb", ".html")), figures });
      }
      const found = await checkPages(pages);
      const named = pages.map(({ path }, i) => [basename(path), found[i]]);
      assertEquals(named, pages.map(({ path }) => [basename(path), []]));
    }),
  browsers ? undefined : "deno run -A tests/browser/install.ts installs Chromium",
);

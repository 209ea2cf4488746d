/**
 * The documentation site: links, rendering and search.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { doors } from "../../tools/doors.ts";
import { PAGES } from "../../tools/site/pages.ts";
import { answersOf, checkPages, chromiumPresent } from "../browser/chromium.ts";
import { inFolder } from "../in_folder.ts";

const present = await chromiumPresent();

async function buildSite(folder: string): Promise<void> {
  const tool = (name: string) =>
    fileURLToPath(new URL(`../../tools/site/${name}`, import.meta.url));
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", `--lock=${tool("deno.lock")}`, tool("build.ts"), folder],
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
}

Deno.test("every link leads to an existing page and heading, and the reference has every door", () =>
  inFolder(async (folder) => {
    await buildSite(folder);
    const pages = new Map(PAGES.map(({ name }) => [
      `${name}.html`,
      Deno.readTextFileSync(`${folder}/${name}.html`),
    ]));
    for (const [own, html] of pages) {
      for (const [, file, fragment] of html.matchAll(/href="([\w-]*\.html)?(?:#([^"]*))?"/g)) {
        const target = pages.get(file ?? own);
        assert(target, `${own} leads to ${file}`);
        if (fragment) assertStringIncludes(target, `id="${fragment}"`, `${own} to ${file}`);
      }
      for (const [, image] of html.matchAll(/src(?:set)?="([^"]*)"/g)) {
        assert(Deno.statSync(`${folder}/${image}`).isFile, image);
      }
    }
    for (const { specifier } of doors()) {
      const path = `${folder}/reference${specifier.replace(/^[^/]*\/[^/]*/, "")}/index.html`;
      assertStringIncludes(Deno.readTextFileSync(path), "Examples", specifier);
    }
  }));

Deno.test({
  name: "pages have no faults on phone and desktop, light and dark, and the search finds passages",
  ignore: !present,
  fn: () =>
    inFolder(async (folder) => {
      await buildSite(folder);
      const paths = PAGES.map(({ name }) => `${folder}/${name}.html`);
      const found = await checkPages(paths.map((path) => ({ path, figures: 0 })));
      assertEquals(found.flat(), []);
      // Colours and icons of the reference are those of `deno doc`.
      const [losses] = await checkPages([{
        path: `${folder}/reference/losses/index.html`,
        figures: 0,
      }]);
      assertEquals(losses.filter((problem) => /wider|fetches|fails/.test(problem)), []);
      await Deno.writeTextFile(
        `${folder}/probe.html`,
        `<input id="search"><ul id="found"></ul><script src="search.js"></script><script>
        document.getElementById("search").value = "job array";
        document.getElementById("search").dispatchEvent(new Event("input"));
        var answer = [...document.querySelectorAll("a")].map((link) => link.getAttribute("href"));
        </script>`,
      );
      const [links] = await answersOf([new URL(`file://${folder}/probe.html`).href]);
      assertEquals((links as string[])[0], "recipes.html#seeds-and-job-arrays");
    }),
});

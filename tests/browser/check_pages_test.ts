import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { plots } from "../../lib/plots/mod.ts";
import { inFolder } from "../in_folder.ts";
import { checkPages, chromiumPresent } from "./chromium.ts";

const present = await chromiumPresent();
const STYLE = `<meta charset="utf-8"><meta name="viewport" content="width=device-width">
<style>:root{color-scheme:light dark} body{margin:0;background:#fff;color:#111}
@media(prefers-color-scheme:dark){body{background:#15191e;color:#eee}}</style>`;
const figure = await plots.classCounts([500, 60, 120, 5]);

const wrong: Record<string, string> = {
  "0 figures instead of 1": "<p>Nothing.</p>",
  "has 0 marks": `${figure.svg.slice(0, figure.svg.indexOf("</title>"))}</title>` +
    `<rect width="640" height="300" fill="#fff"/></svg>`,
  "an error among the outputs: RangeError":
    `${figure.svg}<pre class="output_error">RangeError</pre>`,
  "px wider than the window": `${figure.svg}<div style="width:1500px">wide</div>`,
  "reaches out of the window": figure.svg.replace("max-width:100%", "width:1500px"),
  "fetches http://127.0.0.1:9/x.png": `${figure.svg}<img src="http://127.0.0.1:9/x.png">`,
  "fails: broken": `${figure.svg}<script>throw new Error("broken")</script>`,
  'dark: "Training images of each class" is': figure.in("light").svg,
};

Deno.test({
  name: "checkPages() reports a page's faults, and none for a correct page" +
    (present ? "" : " (skipped: deno run -A tests/browser/install.ts installs Chromium)"),
  ignore: !present,
  fn: () =>
    inFolder(async (folder) => {
      const pages = await Promise.all(
        [figure.svg, ...Object.values(wrong)].map(async (body, i) => {
          const path = join(folder, `${i}.html`);
          await Deno.writeTextFile(path, `<!doctype html>${STYLE}${body}`);
          return { path, figures: 1 };
        }),
      );
      const [well, ...found] = await checkPages(pages);
      assertEquals(well, []);
      Object.keys(wrong).forEach((problem, i) =>
        assert(
          found[i].some((line) => line.includes(problem)),
          `${problem}: ${found[i].join("; ")}`,
        )
      );
    }),
});

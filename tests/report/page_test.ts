import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { report } from "../../lib/report/mod.ts";
import { checkPages, chromiumPresent } from "../browser/chromium.ts";
import { inFolder } from "../in_folder.ts";

const RESULTS = fileURLToPath(new URL("../../data/results", import.meta.url));
const present = await chromiumPresent();

Deno.test({
  name: "a report of real runs has no faults on phone and desktop, light and dark" +
    (present ? "" : " (skipped: deno run -A tests/browser/install.ts installs Chromium)"),
  ignore: !present,
  fn: () =>
    inFolder(async (folder) => {
      const { html, missing, save } = await report([RESULTS]);
      assertEquals(missing, []);
      const figures = html.match(/<figure>/g)!.length;
      assert(figures >= 15, `${figures} figures`);
      const path = await save(`${folder}/report.html`);
      assertEquals(await checkPages([{ path, figures }]), [[]]);
    }),
});

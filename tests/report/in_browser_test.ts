import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { report } from "../../lib/report/report.ts";
import { checkPages, chromiumPresent } from "../browser/chromium.ts";
import { inFolder } from "../in_folder.ts";

const RESULTS = fileURLToPath(new URL("../../data/results", import.meta.url));
const present = await chromiumPresent();

Deno.test({
  name: "the report of the project's own runs looks right at both widths, by day and by night" +
    (present ? "" : " (skipped: deno run -A tests/browser/install.ts installs Chromium)"),
  ignore: !present,
  fn: () =>
    inFolder(async (folder) => {
      const path = join(folder, "report.html");
      await (await report([RESULTS])).save(path);
      // Each figure is there for wide and for narrow windows, of which one is hidden.
      const figures = (await Deno.readTextFile(path)).match(/<svg [^>]*class="nbn/g)!.length / 2;
      assert(figures >= 10, `${figures} figures`);
      assertEquals(await checkPages([{ path, figures }]), [[]]);
    }),
});

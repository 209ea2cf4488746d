/**
 * Names that someone else has chosen: in a report they are text, and nothing else.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { report } from "../../lib/report/mod.ts";
import { inFolder } from "../in_folder.ts";

const RUN = new URL("../../data/results/cifar10-lt-100-ce-seed0/", import.meta.url);
const HOSTILE =
  `<img src=x onerror=alert(1)>"'&amp;</title></script><script>alert(2)</script>\u001b[31m`;

/** Copies a run with a hostile recipe and hostile class names. */
async function copied(from: URL, to: string): Promise<void> {
  await Deno.mkdir(`${to}/analysis`, { recursive: true });
  for (const folder of ["", "analysis/"]) {
    for await (const { name, isFile } of Deno.readDir(new URL(folder, from))) {
      if (!isFile || name.endsWith(".safetensors")) continue;
      const path = new URL(folder + name, from), target = `${to}/${folder}${name}`;
      if (!name.endsWith(".json")) await Deno.copyFile(path, target);
      else {
        const text = await Deno.readTextFile(path);
        const hostile = JSON.stringify(HOSTILE).slice(1, -1);
        await Deno.writeTextFile(
          target,
          text.replaceAll('"cifar10-lt/ce', `"${hostile}`).replaceAll('"ship"', `"${hostile}"`),
        );
      }
    }
  }
}

Deno.test("a report shows hostile names of recipes, classes and folders as text", () =>
  inFolder(async (folder) => {
    const run = `${folder}/<svg onload=alert(3)>`;
    await copied(RUN, run);
    const { html } = await report([run]);
    const page = html.replace(/<style>[^]*?<\/style>/g, "");
    assert(page.includes("&lt;img src=x onerror=alert(1)&gt;"), "the names are not shown");
    assertEquals(page.match(/<(img src=x|svg onload)|<script>alert/g), null);
    // Handlers of events are attributes of their own, outside of the quoted values of others.
    const tags = page.replace(/"[^"]*"/g, '""').match(/<[a-z][^>]*>/gi)!;
    assertEquals(tags.filter((tag) => /\son\w+\s*=/i.test(tag)), []);
    assertEquals(page.match(/(?![\n\t])\p{Cc}/gu), null);
  }));

/**
 * Writes the pages of the documentation, the reference by door, and the search over both: `build.ts [FOLDER]`. It has a
 * lock file of its own, because packages in the project's are downloaded by everybody who runs any task.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import { type Page, PAGES } from "./pages.ts";
import { imageName, render } from "./markdown.ts";
import { writeReference } from "./reference.ts";
import { type Entry, searchScript } from "./search.ts";
import { frame, STYLE } from "./template.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Writes a page with its images and returns what the search can find on it. */
async function writePage(page: Page, folder: string): Promise<Entry[]> {
  const markdown = await Deno.readTextFile(`${ROOT}${page.source}`);
  const { html, passages, images } = render(page, markdown);
  await Deno.writeTextFile(`${folder}/${page.name}.html`, frame(page, html));
  for (const path of images) {
    await Deno.copyFile(`${ROOT}${path}`, `${folder}/${imageName(path)}`);
  }
  return passages.map(({ id, heading, text }) => ({
    id: `${page.name}.html#${id}`,
    title: heading,
    where: heading === page.title ? "" : page.title,
    text,
  }));
}

const [folder = `${ROOT}site`] = Deno.args;
await Deno.mkdir(folder, { recursive: true });
const entries: Entry[] = [];
for (const page of PAGES) entries.push(...await writePage(page, folder));
entries.push(...await writeReference(`${folder}/reference`));
await Deno.writeTextFile(`${folder}/style.css`, STYLE);
await Deno.writeTextFile(`${folder}/search.js`, await searchScript(entries));
console.log(`${folder}/index.html`);

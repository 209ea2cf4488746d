/**
 * Takes pictures of pages, to look at: `deno run -A tests/browser/shots.ts FOLDER PAGE.html...`
 *
 * @module
 */
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { installChromium, startChromium } from "./chromium.ts";

const [folder, ...pages] = Deno.args;
if (pages.length === 0) {
  console.error("Expected a folder for the pictures and the pages to take pictures of");
  Deno.exit(2);
}
await installChromium();
await Deno.mkdir(folder, { recursive: true });
const browser = await startChromium();
for (const path of pages) {
  const page = await browser.newPage();
  await page.goto(pathToFileURL(resolve(path)).href, { waitUntil: "load" });
  for (const width of [400, 1280]) {
    for (const value of ["light", "dark"]) {
      await page.setViewport({ width, height: 900 });
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value }]);
      const name = `${basename(path, ".html")}-${width}-${value}.png`;
      await page.screenshot({ path: join(folder, name), fullPage: true });
    }
  }
  await page.close();
}
await browser.close();

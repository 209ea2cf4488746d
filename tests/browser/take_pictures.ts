/**
 * Takes screenshots of pages for inspection: `deno run -A tests/browser/take_pictures.ts FOLDER PAGE.html...`
 *
 * @module
 */
import { resolve } from "node:path";
import { installChromium, takePictures } from "./chromium.ts";

const [folder, ...pages] = Deno.args;
if (pages.length === 0) {
  console.error("Expected a folder for the pictures and the pages to take pictures of");
  Deno.exit(2);
}
await installChromium();
await takePictures(folder, pages.map((page) => resolve(page)));

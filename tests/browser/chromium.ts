/**
 * A headless Chromium for tests: from npm, pinned, kept in the project's cache folder.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../../lib/engine/install/cache.ts";

/** Where it is kept. */
export const CHROMIUM_FOLDER: string = join(cacheFolder(), "chromium-153.0.0");

/** Whether {@linkcode installChromium} has been here. */
export async function chromiumPresent(): Promise<boolean> {
  return await Deno.stat(join(CHROMIUM_FOLDER, "chromium")).then(() => true, () => false);
}

/**
 * Brings Chromium into the cache folder, if it is not there: about 70 MB to download and 250 MB in the end.
 *
 * @throws {Error} If it cannot be had.
 */
export async function installChromium(): Promise<void> {
  if (!await chromiumPresent()) await browserProcess("install");
}

/** A page that is to be looked at. */
export interface PageToCheck {
  /** The HTML file; it should hold all that it needs. */
  readonly path: string;
  /** Number of figures that it should have, at least. */
  readonly figures: number;
}

/**
 * Opens HTML files at two widths, by day and by night, and says what is wrong with them: a figure that is empty or
 * reaches out of the window, an error among the outputs, text that is hard to read upon its ground, a page wider
 * than the window, a file that is fetched from elsewhere, a script that fails.
 *
 * @param pages The files.
 * @returns For each a line for each problem, none if all is well.
 */
export async function checkPages(pages: readonly PageToCheck[]): Promise<string[][]> {
  return JSON.parse(await browserProcess("check", JSON.stringify(pages)));
}

/**
 * Takes pictures of pages at two widths, by day and by night.
 *
 * @param folder Where the PNG files go.
 * @param paths The HTML files.
 */
export async function takePictures(folder: string, paths: readonly string[]): Promise<void> {
  await browserProcess("pictures", JSON.stringify({ folder, paths }));
}

/**
 * Opens pages and returns what their scripts find out.
 *
 * @param urls Addresses of the pages.
 * @returns For each what its global variable `answer` holds, or resolves to: plain objects, numbers and texts.
 */
export async function answersOf(urls: readonly string[]): Promise<unknown[]> {
  return JSON.parse(await browserProcess("answers", JSON.stringify(urls)));
}

/**
 * Does something in a process of its own, which alone knows the packages: what stands in the project's lock file
 * is downloaded by whoever runs anything of the project, so these have a lock file of their own.
 */
async function browserProcess(...args: string[]): Promise<string> {
  const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--quiet", `--lock=${here("./deno.lock")}`],
      here("./browser_process.ts"),
      ...args,
    ],
  }).output();
  if (code === 0) return new TextDecoder().decode(stdout);
  throw new Error(
    `Expected Chromium to work but found: ${new TextDecoder().decode(stderr).trim()}`,
  );
}

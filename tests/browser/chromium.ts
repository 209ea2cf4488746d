/**
 * Headless Chromium for tests, from a pinned npm package, in the project's cache folder.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../../lib/engine/install/cache.ts";

/** Folder of the unpacked browser. */
export const CHROMIUM_FOLDER: string = join(cacheFolder(), "chromium-153.0.0");

/** Checks whether Chromium is installed, see {@linkcode installChromium}. */
export async function chromiumPresent(): Promise<boolean> {
  return await Deno.stat(join(CHROMIUM_FOLDER, "chromium")).then(() => true, () => false);
}

/**
 * Installs Chromium into the cache folder if it is missing: downloads about 70 MB, takes 250 MB on disk.
 *
 * @throws {Error} If it cannot be downloaded or unpacked.
 */
export async function installChromium(): Promise<void> {
  if (!await chromiumPresent()) await browserProcess("install");
}

/** A page to check. */
export interface PageToCheck {
  /** Path of the HTML file, which should be self-contained. */
  readonly path: string;
  /** Minimum number of figures. */
  readonly figures: number;
}

/**
 * Checks HTML files at two widths, in light and dark mode, for figures that are empty or exceed the window, errors
 * among the outputs, text with low contrast, pages wider than the window, requests for other files, and failing scripts.
 *
 * @param pages The files.
 * @returns For each file, a line for each problem.
 */
export async function checkPages(pages: readonly PageToCheck[]): Promise<string[][]> {
  return JSON.parse(await browserProcess("check", JSON.stringify(pages)));
}

/**
 * Takes screenshots of pages at two widths, in light and dark mode.
 *
 * @param folder Folder of the PNG files.
 * @param paths The HTML files.
 */
export async function takePictures(folder: string, paths: readonly string[]): Promise<void> {
  await browserProcess("pictures", JSON.stringify({ folder, paths }));
}

/**
 * Opens pages and returns the results of their scripts.
 *
 * @param urls Addresses of the pages.
 * @returns For each page the value of its global variable `answer`, awaited if it is a promise; serialisable as JSON.
 */
export async function answersOf(urls: readonly string[]): Promise<unknown[]> {
  return JSON.parse(await browserProcess("answers", JSON.stringify(urls)));
}

/**
 * Runs a task in a separate process with its own lock file: packages in the project's lock file are downloaded by
 * everybody who runs any part of the project.
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

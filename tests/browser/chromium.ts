/**
 * A headless Chromium for tests: from npm, pinned, kept in the project's cache folder. Importing this downloads
 * nothing; {@linkcode installChromium} does.
 *
 * @module
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheFolder } from "../../lib/engine/install/cache.ts";

// Not literal arguments of `import`, for those Deno downloads as soon as a file that holds them is imported.
const CHROMIUM: string = "npm:@sparticuz/chromium@153.0.0";
const PUPPETEER: string = "npm:puppeteer-core@25.16.0";

const FOLDER = join(cacheFolder(), "chromium-153.0.0");

/** What is used of a page. */
export interface Page {
  /** Opens an address. */
  goto(url: string, options?: { waitUntil: "load" }): Promise<unknown>;
  /** Runs a function in the page. */
  evaluate<Result, Argument>(
    fn: (argument: Argument) => Result,
    argument: Argument,
  ): Promise<Result>;
  /** Size in CSS pixels. */
  setViewport(size: { width: number; height: number }): Promise<void>;
  /** What the reader prefers. */
  emulateMediaFeatures(features: { name: string; value: string }[]): Promise<void>;
  /** Takes a picture. */
  screenshot(options: { path: string; fullPage: boolean }): Promise<unknown>;
  /** Tells of requests, errors and messages. */
  on(event: string, listener: (what: never) => void): unknown;
  /** Closes it. */
  close(): Promise<void>;
}

/** What is used of a browser. */
export interface Browser {
  /** Opens an empty page. */
  newPage(): Promise<Page>;
  /** Ends it. */
  close(): Promise<void>;
}

/** Whether {@linkcode installChromium} has been here. */
export async function chromiumPresent(): Promise<boolean> {
  return await Deno.stat(join(FOLDER, "chromium")).then(() => true, () => false);
}

/** Brings Chromium into the cache folder, about 70 MB to download and 200 MB in the end. */
export async function installChromium(): Promise<void> {
  if (await chromiumPresent()) return;
  const [{ inflate }] = await Promise.all([import(CHROMIUM), import(PUPPETEER)]);
  const packed = new URL("../bin/", import.meta.resolve(CHROMIUM));
  const part = `${FOLDER}.${crypto.randomUUID()}.part`;
  await Deno.mkdir(part, { recursive: true });
  const before = Deno.env.get("TMPDIR");
  // Where the package unpacks to.
  Deno.env.set("TMPDIR", part);
  try {
    for (const name of ["al2023.tar.br", "fonts.tar.br", "chromium.br"]) {
      await inflate(fileURLToPath(new URL(name, packed)));
    }
    await Deno.rename(part, FOLDER);
  } finally {
    if (before === undefined) Deno.env.delete("TMPDIR");
    else Deno.env.set("TMPDIR", before);
    await Deno.remove(part, { recursive: true }).catch(() => {});
  }
}

/** Starts Chromium, which has been installed. */
export async function startChromium(): Promise<Browser> {
  const { default: puppeteer } = await import(PUPPETEER);
  return await puppeteer.launch({
    executablePath: join(FOLDER, "chromium"),
    headless: "shell",
    // Pages are our own files, and containers let no sandbox start.
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars"],
    env: {
      ...Deno.env.toObject(),
      // Libraries and fonts that a bare machine lacks.
      LD_LIBRARY_PATH: join(FOLDER, "al2023", "lib"),
      FONTCONFIG_PATH: join(FOLDER, "fonts"),
    },
  });
}

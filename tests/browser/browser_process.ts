/**
 * Process that runs Chromium, started by chromium.ts.
 *
 * @module
 */
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { CHROMIUM_FOLDER, type PageToCheck } from "./chromium.ts";
import { lookAtPage, SCHEMES, WIDTHS } from "./look_at_page.ts";

// Not literal arguments of `import`, since Deno would download them to type-check this file.
const CHROMIUM: string = "npm:@sparticuz/chromium@153.0.0";
const PUPPETEER: string = "npm:puppeteer-core@25.16.0";

/** The part of Puppeteer's page that is used here. */
export interface Page {
  /** Opens an address. */
  goto(url: string, options?: { waitUntil: "load" }): Promise<unknown>;
  /** Runs a function in the page. */
  evaluate<Result, Argument>(
    fn: (argument: Argument) => Result,
    argument: Argument,
  ): Promise<Result>;
  /** Sets the size of the viewport in CSS pixels. */
  setViewport(size: { width: number; height: number }): Promise<void>;
  /** Overrides media features such as `prefers-color-scheme`. */
  emulateMediaFeatures(features: { name: string; value: string }[]): Promise<void>;
  /** Writes a screenshot to a PNG file. */
  screenshot(options: { path: string; fullPage: boolean }): Promise<unknown>;
  /** Registers a listener for requests, errors or messages. */
  on(event: string, listener: (what: never) => void): unknown;
  /** Closes the page. */
  close(): Promise<void>;
}

/** The part of Puppeteer's browser that is used here. */
export interface Browser {
  /** Opens an empty page. */
  newPage(): Promise<Page>;
  /** Ends the browser. */
  close(): Promise<void>;
}

/** Unpacks Chromium, and libraries and fonts that minimal machines lack. */
async function install(): Promise<void> {
  const [{ inflate }] = await Promise.all([import(CHROMIUM), import(PUPPETEER)]);
  const packed = new URL("../bin/", import.meta.resolve(CHROMIUM));
  const part = `${CHROMIUM_FOLDER}.${crypto.randomUUID()}.part`;
  await Deno.mkdir(part, { recursive: true });
  // The package unpacks to this folder.
  Deno.env.set("TMPDIR", part);
  try {
    for (const name of ["al2023.tar.br", "fonts.tar.br", "chromium.br"]) {
      await inflate(fileURLToPath(new URL(name, packed)));
    }
    await Deno.rename(part, CHROMIUM_FOLDER);
  } finally {
    await Deno.remove(part, { recursive: true }).catch(() => {});
  }
}

/** Configures Chromium's fonts: the package's file names folders of another system, and no text would be drawn. */
async function configureFonts(): Promise<string> {
  const folder = join(CHROMIUM_FOLDER, "fonts");
  await Deno.writeTextFile(
    join(folder, "fonts.conf"),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, "fonts")}</dir>
  <dir>/usr/share/fonts</dir>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
  <cachedir>${join(folder, "cache")}</cachedir>
</fontconfig>
`,
  );
  return folder;
}

async function start(): Promise<Browser> {
  const { default: puppeteer } = await import(PUPPETEER);
  const fonts = await configureFonts();
  return await puppeteer.launch({
    executablePath: join(CHROMIUM_FOLDER, "chromium"),
    headless: "shell",
    // Pages are local files of the project, and the sandbox does not start in containers.
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars"],
    env: {
      ...Deno.env.toObject(),
      LD_LIBRARY_PATH: join(CHROMIUM_FOLDER, "al2023", "lib"),
      FONTCONFIG_PATH: fonts,
    },
  });
}

async function pictures(
  browser: Browser,
  { folder, paths }: { folder: string; paths: readonly string[] },
): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  for (const path of paths) {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(path).href, { waitUntil: "load" });
    for (const width of WIDTHS) {
      for (const value of SCHEMES) {
        await page.setViewport({ width, height: 900 });
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value }]);
        const name = `${basename(path, ".html")}-${width}-${value}.png`;
        await page.screenshot({ path: join(folder, name), fullPage: true });
      }
    }
    await page.close();
  }
}

async function check(browser: Browser, pages: readonly PageToCheck[]): Promise<void> {
  const found: string[][] = [];
  for (const page of pages) found.push(await lookAtPage(browser, page));
  console.log(JSON.stringify(found));
}

async function answers(browser: Browser, urls: readonly string[]): Promise<void> {
  const found: unknown[] = [];
  for (const url of urls) {
    const page = await browser.newPage();
    await page.goto(url, { waitUntil: "load" });
    found.push(await page.evaluate((name) => Reflect.get(globalThis, name), "answer"));
    await page.close();
  }
  console.log(JSON.stringify(found));
}

const [task, argument = "null"] = Deno.args;
if (task === "install") await install();
else {
  const browser = await start();
  try {
    if (task === "check") await check(browser, JSON.parse(argument));
    else if (task === "answers") await answers(browser, JSON.parse(argument));
    else await pictures(browser, JSON.parse(argument));
  } finally {
    await browser.close();
  }
}

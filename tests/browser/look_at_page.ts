/**
 * Checks the rendering of a page at phone and desktop widths, in light and dark mode.
 *
 * @module
 */
import { pathToFileURL } from "node:url";
import type { Browser } from "./browser_process.ts";
import type { PageToCheck } from "./chromium.ts";

/** Widths of the viewport in CSS pixels. */
export const WIDTHS: readonly number[] = [400, 1280];

/** Values of `prefers-color-scheme`. */
export const SCHEMES: readonly string[] = ["light", "dark"];

/** Findings at one width and colour scheme. */
interface View {
  /** Horizontal overflow in CSS pixels. */
  readonly overflow: number;
  /** Number of visible figures. */
  readonly figures: number;
  /** Problems, one line each. */
  readonly problems: readonly string[];
}

/**
 * Opens an HTML file and reports problems of its rendering.
 *
 * @param browser The browser.
 * @param page The file, and the minimum number of its figures.
 * @returns A line for each problem.
 */
export async function lookAtPage(
  browser: Browser,
  { path, figures }: PageToCheck,
): Promise<string[]> {
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on("request", (request: { url(): string }) => {
    const url = request.url();
    if (!/^(file|data):/.test(url)) problems.push(`fetches ${url}`);
  });
  page.on("pageerror", (error: Error) => problems.push(`fails: ${error.message}`));
  try {
    await page.goto(pathToFileURL(path).href, { waitUntil: "load" });
    for (const width of WIDTHS) {
      await page.setViewport({ width, height: 900 });
      for (const scheme of SCHEMES) {
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
        const view: View = await page.evaluate(lookAround, scheme);
        const add = (problem: string) => problems.push(`${width} px, ${scheme}: ${problem}`);
        view.problems.forEach(add);
        if (view.overflow > 0) add(`${view.overflow} px wider than the window`);
        if (view.figures < figures) add(`${view.figures} figures instead of ${figures}`);
      }
    }
  } finally {
    await page.close();
  }
  return problems;
}

/** Inspects the page. It is serialised and runs in the page, so it must not use outer variables. */
function lookAround(scheme: string): View {
  // deno-lint-ignore no-explicit-any -- the types of pages are not those of Deno
  const { document, innerWidth, getComputedStyle } = globalThis as any;
  const problems: string[] = [];
  const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (colour: string) => {
    const [r, g, b] = channels(colour).map((value) => {
      const fraction = value / 255;
      return fraction <= 0.04045 ? fraction / 12.92 : ((fraction + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one: string, other: string) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  for (const error of document.querySelectorAll(".output_error, .error")) {
    problems.push(`an error among the outputs: ${error.textContent.trim().slice(0, 80)}`);
  }
  const { color, backgroundColor } = getComputedStyle(document.body);
  if (contrast(color, backgroundColor) < 7) problems.push(`${color} upon ${backgroundColor}`);
  if ((luminance(backgroundColor) < 0.2) !== (scheme === "dark")) {
    problems.push(`the page is ${backgroundColor}`);
  }

  /** Checks whether the horizontal overflow of an element or of one of its ancestors matches. */
  // deno-lint-ignore no-explicit-any
  const has = (overflow: RegExp, element: any): boolean =>
    element !== null && element !== document.documentElement &&
    (overflow.test(getComputedStyle(element).overflowX) || has(overflow, element.parentElement));
  // deno-lint-ignore no-explicit-any
  const scrolls = (element: any): boolean => has(/auto|scroll/, element);
  // deno-lint-ignore no-explicit-any
  const cut = (element: any): boolean => has(/auto|scroll|hidden|clip/, element);

  // A page may contain a figure twice, for narrow and wide windows, and show only one.
  const figures = [...document.querySelectorAll("svg.nbn")]
    .filter((figure) => figure.getClientRects().length > 0);
  for (const figure of figures) {
    const title = figure.querySelector("title")?.textContent ?? "a figure";
    const { width, height, left, right } = figure.getBoundingClientRect();
    if (width < 100 || height < 50) problems.push(`"${title}" is ${width} × ${height} px`);
    if (left < 0 || (right > innerWidth && !scrolls(figure))) {
      problems.push(`"${title}" reaches out of the window`);
    }
    const marks = [...figure.querySelectorAll("path, rect, circle, image, line")].slice(1)
      .filter((mark) => {
        const box = mark.getBoundingClientRect();
        return box.width > 0 || box.height > 0;
      });
    if (marks.length < 5) problems.push(`"${title}" has ${marks.length} marks`);
    for (const image of figure.querySelectorAll("image")) {
      if (!image.getAttribute("href")) problems.push(`"${title}" has an image without pixels`);
    }
    const paper = getComputedStyle(figure.querySelector("rect")).fill;
    const words = figure.querySelector("text:not([opacity])");
    if (words && contrast(getComputedStyle(words).fill, paper) < 7) {
      problems.push(`"${title}" has ${getComputedStyle(words).fill} upon ${paper}`);
    }
    if ((luminance(paper) < 0.2) !== (scheme === "dark")) problems.push(`"${title}" is ${paper}`);
  }
  const { clientWidth } = document.documentElement;
  // Not scrollWidth: this Chromium counts no overflow on some processors.
  const rights = [...document.querySelectorAll("body, body *:not(svg *)")]
    .filter((element) => !cut(element.parentElement))
    .map((element) => element.getBoundingClientRect().right);
  const overflow = Math.max(0, Math.round(Math.max(...rights) - clientWidth));
  return { overflow, figures: figures.length, problems };
}

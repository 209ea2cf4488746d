/**
 * HTML elements of a page.
 *
 * @module
 */
import { escaped } from "../plots/draw.ts";
import type { Figure } from "../plots/figure.ts";

/** Width of figures on small screens: 400 CSS pixels less the page's margins. */
const NARROW = 336;

/**
 * Draws a figure in two widths, for wide and for narrow screens; a style sheet displays one of them.
 *
 * @param draw Draws the figure at the given width, or at its default width.
 * @returns A `<figure>` element.
 */
export async function figurePair(
  draw: (width?: number) => Promise<Figure>,
): Promise<string> {
  const [wide, narrow] = [await draw(), await draw(NARROW)];
  return `<figure><div class="wide">${wide.svg}</div><div class="narrow">${narrow.svg}</div></figure>`;
}

/**
 * Creates a table with its first column aligned left and all others aligned right.
 *
 * @param head Column headings.
 * @param rows Texts of the cells, one per column in each row.
 * @returns An element that scrolls horizontally if it is too wide.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 *
 * assertStringIncludes(table(["run", "All"], [["a < b", "70.4"]]), "<td>70.4</td>");
 * assertStringIncludes(table(["run", "All"], [["a < b", "70.4"]]), '<th scope="row">a &lt; b</th>');
 * ```
 */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const heads = head.map((name) => `<th scope="col">${escaped(name)}</th>`).join("");
  const body = rows.map(([first, ...others]) =>
    `<tr><th scope="row">${escaped(first)}</th>${
      others.map((cell) => `<td>${escaped(cell)}</td>`).join("")
    }</tr>`
  ).join("\n");
  return `<div class="scroll"><table><thead><tr>${heads}</tr></thead><tbody>\n${body}</tbody></table></div>`;
}

/** Creates a paragraph of text. */
export function paragraph(content: string): string {
  return `<p>${escaped(content)}</p>`;
}

/** Creates a paragraph of secondary text. */
export function muted(content: string): string {
  return `<p class="muted">${escaped(content)}</p>`;
}

/** Creates a preformatted command line. */
export function commandLine(command: string): string {
  return `<pre>${escaped(command)}</pre>`;
}

/** A section of a page, with a heading and a link target. */
export interface Section {
  /** Identifier for links. */
  readonly id: string;
  /** Heading. */
  readonly title: string;
  /** HTML elements. */
  readonly content: readonly string[];
}

/**
 * Pieces of a page.
 *
 * @module
 */
import { escaped } from "../plots/draw.ts";
import type { Figure } from "../plots/figure.ts";

/** Width of figures on small screens: 400 CSS pixels less the page's margins. */
const NARROW = 336;

/**
 * A figure twice, for wide and for narrow screens; a style sheet shows one of them.
 *
 * @param draw Draws it, as wide as it likes or as wide as it is told.
 * @returns An element.
 */
export async function figurePair(
  draw: (width?: number) => Promise<Figure>,
): Promise<string> {
  const [wide, narrow] = [await draw(), await draw(NARROW)];
  return `<figure><div class="wide">${wide.svg}</div><div class="narrow">${narrow.svg}</div></figure>`;
}

/**
 * A table whose first column stands to the left and whose others stand to the right.
 *
 * @param head Headings.
 * @param rows Texts, as many in each row.
 * @returns An element that scrolls where it is too wide.
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

/** A paragraph of text. */
export function paragraph(content: string): string {
  return `<p>${escaped(content)}</p>`;
}

/** A command as a reader types it. */
export function commandLine(command: string): string {
  return `<pre>${escaped(command)}</pre>`;
}

/** A part of a page with a heading, that links lead to. */
export interface Section {
  /** Short name for links. */
  readonly id: string;
  /** Heading. */
  readonly title: string;
  /** Elements. */
  readonly content: readonly string[];
}

/**
 * Markdown to HTML, with links that lead within the site.
 *
 * @module
 */
import { gfmHeadingId, highlight, Marked, markedHighlight, type Tokens } from "./deps.ts";
import { type Page, PAGES } from "./pages.ts";

/** A heading with the text below it, as the search finds it. */
export interface Passage {
  /** Heading. */
  readonly heading: string;
  /** Fragment of the heading's address. */
  readonly id: string;
  /** Text without markup. */
  readonly text: string;
}

/** A rendered page. */
export interface Rendered {
  /** HTML of the content. */
  readonly html: string;
  /** Its passages. */
  readonly passages: readonly Passage[];
  /** Paths within the project of the images that it shows. */
  readonly images: readonly string[];
}

/**
 * Renders a page.
 *
 * @param page The page.
 * @param markdown Its text.
 * @returns HTML, passages and images.
 */
export function render(page: Page, markdown: string): Rendered {
  const images = new Set<string>();
  const base = new URL(page.source, "file:///");
  const pathOf = (link: string) => new URL(link, base).pathname.slice(1);
  const marked = new Marked(
    gfmHeadingId(),
    markedHighlight({
      langPrefix: "language-",
      highlight: (code: string, language: string) => coloured(code, language.split(" ")[0]),
    }),
    {
      renderer: {
        link({ href, tokens }: Tokens.Link) {
          const text = this.parser.parseInline(tokens);
          const target = targetOf(href, pathOf);
          return target === undefined ? text : `<a href="${target}">${text}</a>`;
        },
        table(token: Tokens.Table) {
          const cells = (row: readonly Tokens.TableCell[], name: "td" | "th") =>
            row.map((cell) =>
              `<${name}${cell.align ? ` style="text-align:${cell.align}"` : ""}>` +
              `${this.parser.parseInline(cell.tokens)}</${name}>`
            ).join("");
          const rows = token.rows.map((row) => `<tr>${cells(row, "td")}</tr>`).join("\n");
          const head = token.header.some(({ text }) => text !== "")
            ? `<thead><tr>${cells(token.header, "th")}</tr></thead>`
            : "";
          return `<div class="scroll"><table>${head}<tbody>${rows}</tbody></table></div>\n`;
        },
      },
    },
  );
  const html = (marked.parse(markdown) as string).replaceAll(
    /(src|srcset)="([^":]+)"/g,
    (_, name, link) => {
      const path = pathOf(link);
      images.add(path);
      return `${name}="${imageName(path)}"`;
    },
  );
  return { html, passages: passagesOf(html), images: [...images] };
}

/**
 * Returns the file name of an image in the site.
 *
 * @param path Path within the project.
 * @returns The name.
 */
export function imageName(path: string): string {
  return path.replaceAll("/", "-");
}

function coloured(code: string, language: string): string {
  const known = highlight.getLanguage(language) ? language : "plaintext";
  return highlight.highlight(code, { language: known }).value;
}

/** Returns the address of a link within the site, or `undefined` if the site does not contain it. */
function targetOf(link: string, pathOf: (link: string) => string): string | undefined {
  if (/^(https?:|#)/.test(link)) return link;
  const [file, fragment] = link.split("#");
  const path = pathOf(file);
  const end = fragment === undefined ? "" : `#${fragment}`;
  const page = PAGES.find(({ source }) => source === path);
  if (page) return `${page.name}.html${end}`;
  const notebook = /^notebooks\/(\w+)\.ipynb$/.exec(path)?.[1];
  return notebook && `notebooks/${notebook}.html`;
}

function passagesOf(html: string): Passage[] {
  return html.split(/(?=<h[1-3] id=)/).flatMap((part) => {
    const [whole, id, heading] = /^<h[1-3] id="([^"]*)">([\s\S]*?)<\/h[1-3]>/.exec(part) ?? [];
    if (whole === undefined) return [];
    return [{ id, heading: plain(heading), text: plain(part.slice(whole.length)) }];
  });
}

function plain(html: string): string {
  const signs: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
  return html.replaceAll(/<[^>]*>/g, " ").replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, n) => signs[n])
    .replaceAll(/\s+/g, " ").trim();
}

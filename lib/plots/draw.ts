/**
 * Layout of a figure: title, legends, panels, note.
 *
 * @module
 */
import { printable } from "../core/printable.ts";
import { type ObservablePlot, type Plotter, plotter } from "../deps/plot.ts";
import { type Figure, figure, type FigureOptions } from "./figure.ts";
import { colour } from "./theme.ts";

/** Options of Observable Plot. */
export type PlotOptions = Parameters<Plotter["draw"]>[0];

/** A plot or a drawing within a figure. */
export interface Panel {
  /** Width in CSS pixels. */
  readonly width: number;
  /** Height in CSS pixels. */
  readonly height: number;
  /** Heading above the panel. */
  readonly title?: string;
  /** Options of a plot, given Observable Plot. */
  readonly plot?: (plot: ObservablePlot) => PlotOptions;
  /** SVG content, if there is no `plot`. */
  readonly svg?: string;
}

/** An entry of the legend. */
export interface LegendEntry {
  /** Label of the entry. */
  readonly label: string;
  /** The colour, from `colour()`. */
  readonly colour: string;
  /** Whether to draw the entry as a line instead of a square. */
  readonly line?: boolean;
}

/** Content of a figure. */
export interface Drawing {
  /** Short name of the figure. */
  readonly name: string;
  /** Title. */
  readonly title: string;
  /** Line below the title. */
  readonly subtitle?: string;
  /** Legends above the panels, each starting on a new line. */
  readonly legends?: readonly (readonly LegendEntry[])[];
  /** Rows of panels. */
  readonly rows: readonly (readonly Panel[])[];
  /** Note in small print below the panels. */
  readonly note?: string | null;
}

const MARGIN = 16, GAP = 20;

/** Character width relative to the font size: slightly more than in most fonts. */
const LETTER = 0.58;

/**
 * Draws a figure.
 *
 * @param drawing Content of the figure.
 * @param options Title, subtitle and theme; the size is already in the panels.
 * @returns The figure.
 */
export async function draw(
  drawing: Drawing,
  options: Pick<FigureOptions, "title" | "subtitle" | "theme"> = {},
): Promise<Figure> {
  const { name, rows, legends = [], note } = drawing;
  const title = options.title ?? drawing.title, subtitle = options.subtitle ?? drawing.subtitle;
  const widthOf = (row: readonly Panel[]) =>
    row.reduce((sum, panel) => sum + panel.width, (row.length - 1) * GAP);
  const inner = Math.max(...rows.map(widthOf));
  const parts: string[] = [];
  let y = MARGIN;
  for (const line of wrapped(title, inner, 15)) {
    parts.push(text(line, { x: MARGIN, y: y + 13, size: 15, weight: 600 }));
    y += 20;
  }
  for (const line of wrapped(subtitle ?? "", inner, 12)) {
    parts.push(text(line, { x: MARGIN, y: y + 11, size: 12, fill: "muted" }));
    y += 17;
  }
  y += 6;
  for (const legend of legends) if (legend.length > 0) y = addLegend(parts, legend, y, inner);
  const library = await plotter();
  for (const row of rows) {
    y += 10;
    let x = MARGIN;
    const titled = row.some((panel) => panel.title) ? 18 : 0;
    for (const panel of row) {
      if (panel.title) {
        const title = shortened(panel.title, panel.width, 12);
        parts.push(text(title, { x: x + 2, y: y + 11, size: 12, weight: 600 }));
      }
      const inside = panel.plot ? contents(library, panel) : panel.svg ?? "";
      parts.push(`<g transform="translate(${x},${y + titled})">${inside}</g>`);
      x += panel.width + GAP;
    }
    y += titled + Math.max(...row.map((panel) => panel.height));
  }
  if (note) {
    y += 8;
    for (const line of wrapped(note, inner, 11)) {
      parts.push(text(line, { x: MARGIN, y: y + 10, size: 11, fill: "muted" }));
      y += 15;
    }
  }
  const width = Math.round(inner + 2 * MARGIN), height = Math.round(y + MARGIN);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" class="nbn" role="img" viewBox="0 0 ${width} ${height}" ` +
    `width="${width}" height="${height}" style="max-width:100%;height:auto" ` +
    `font-family="system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif">` +
    `<title>${escaped(title)}</title>` +
    `<rect width="${width}" height="${height}" rx="6" fill="${colour("paper")}"/>` +
    parts.join("") + `</svg>`;
  return figure({ name, title, width, height, svg: rounded(svg) }, options.theme);
}

/** Position and style of a text. */
export interface TextOptions {
  /** Horizontal position of the left end, or of the point given by `anchor`. */
  readonly x: number;
  /** Vertical position of the baseline. */
  readonly y: number;
  /**
   * Font size.
   *
   * @default {11}
   */
  readonly size?: number;
  /** Font weight. */
  readonly weight?: number;
  /**
   * Colour.
   *
   * @default {"ink"}
   */
  readonly fill?: Parameters<typeof colour>[0];
  /** Point of the text placed at `x`. */
  readonly anchor?: "middle" | "end";
}

/**
 * Creates an SVG text element.
 *
 * @param content The text.
 * @param options Position and style.
 * @returns The element.
 */
export function text(
  content: string,
  { x, y, size = 11, weight, fill = "ink", anchor }: TextOptions,
): string {
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${colour(fill)}"` +
    (weight ? ` font-weight="${weight}"` : "") + (anchor ? ` text-anchor="${anchor}"` : "") +
    `>${escaped(content)}</text>`;
}

/** Escapes special characters of XML text and attributes, and control characters, which XML has no place for. */
export function escaped(content: string): string {
  const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return printable(content).replace(/[&<>"]/g, (sign) => names[sign]);
}

/** Estimates an upper bound of the width of a text, in CSS pixels. */
export function textWidth(content: string, size: number): number {
  return content.length * LETTER * size;
}

/** Truncates a text to an estimated width, with an ellipsis. */
export function shortened(content: string, width: number, size: number): string {
  const letters = Math.max(2, Math.floor(width / (LETTER * size)));
  return content.length <= letters ? content : `${content.slice(0, letters - 1)}…`;
}

function wrapped(content: string, width: number, size: number): string[] {
  const lines: string[] = [];
  for (const word of content.split(/\s+/).filter((word) => word !== "")) {
    const longer = lines.length > 0 ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length > 0 && textWidth(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function addLegend(
  parts: string[],
  entries: readonly LegendEntry[],
  top: number,
  width: number,
): number {
  let x = MARGIN, y = top;
  for (const { label, colour: fill, line } of entries) {
    const length = 18 + textWidth(label, 12) + 16;
    if (x > MARGIN && x + length > MARGIN + width) {
      x = MARGIN;
      y += 18;
    }
    parts.push(
      line
        ? `<path d="M${x},${y + 7}h14" stroke="${fill}" stroke-width="2.5" fill="none"/>`
        : `<rect x="${x}" y="${y + 1}" width="12" height="12" rx="2" fill="${fill}"/>`,
      text(label, { x: x + 18, y: y + 11, size: 12 }),
    );
    x += length;
  }
  return y + 18;
}

/** Draws a panel with Observable Plot, as an SVG group. */
function contents({ plot, draw }: Plotter, { plot: describe, width, height }: Panel): string {
  const options = describe!(plot);
  const svg = draw({ width, height, ...options });
  const inside = svg
    .replace(/^<svg[^>]*>/, "")
    .replace(/<\/svg>$/, "")
    .replace(/<style>[\s\S]*?<\/style>/, "")
    .replaceAll("currentColor", colour("ink"));
  return `<g fill="${colour("ink")}" font-size="11" text-anchor="middle">${inside}</g>`;
}

/** Rounds coordinates to two decimals: precise enough for any screen, and identical on every machine. */
function rounded(svg: string): string {
  return svg.replace(
    /<[^>]*>/g,
    (tag) =>
      tag.replace(
        /-?\d+\.\d{3,}(?:e-\d+)?/g,
        (number) => String(Math.round(Number(number) * 100) / 100),
      ),
  );
}

/**
 * Putting a figure together: title, legend, panels, note.
 *
 * @module
 */
import { type ObservablePlot, type Plotter, plotter } from "../deps/plot.ts";
import { type Figure, figure, type FigureOptions } from "./figure.ts";
import { colour } from "./theme.ts";

/** Options that Observable Plot takes. */
export type PlotOptions = Parameters<Plotter["draw"]>[0];

/** A plot or a drawing within a figure. */
export interface Panel {
  /** Width in CSS pixels. */
  readonly width: number;
  /** Height in CSS pixels. */
  readonly height: number;
  /** A line above it. */
  readonly title?: string;
  /** The plot, whose marks come from Observable Plot. */
  readonly plot?: (plot: ObservablePlot) => PlotOptions;
  /** Or SVG of one's own. */
  readonly svg?: string;
}

/** An entry of the legend. */
export interface LegendEntry {
  /** What the colour stands for. */
  readonly label: string;
  /** The colour, of `colour()`. */
  readonly colour: string;
  /** A line rather than an area. */
  readonly line?: boolean;
}

/** What a figure is made of. */
export interface Drawing {
  /** Short name. */
  readonly name: string;
  /** Title. */
  readonly title: string;
  /** A line below the title. */
  readonly subtitle?: string;
  /** Legends above the panels, each on lines of its own. */
  readonly legends?: readonly (readonly LegendEntry[])[];
  /** Rows of panels. */
  readonly rows: readonly (readonly Panel[])[];
  /** Small print below. */
  readonly note?: string | null;
}

const MARGIN = 16, GAP = 20;

/** Width of a letter in parts of the size of type: a little more than most fonts have. */
const LETTER = 0.58;

/**
 * Draws a figure.
 *
 * @param drawing What it is made of.
 * @param options Title, subtitle and theme that the caller wants; the size has gone into the panels.
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

/** Where and how a text stands. */
export interface TextOptions {
  /** Left end, or what `anchor` says. */
  readonly x: number;
  /** Baseline. */
  readonly y: number;
  /**
   * Size of type.
   *
   * @default {11}
   */
  readonly size?: number;
  /** Weight of type. */
  readonly weight?: number;
  /**
   * Colour.
   *
   * @default {"ink"}
   */
  readonly fill?: Parameters<typeof colour>[0];
  /** Which end stands at x. */
  readonly anchor?: "middle" | "end";
}

/**
 * A text as SVG.
 *
 * @param content The text.
 * @param options Place and manner.
 * @returns An element.
 */
export function text(
  content: string,
  { x, y, size = 11, weight, fill = "ink", anchor }: TextOptions,
): string {
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${colour(fill)}"` +
    (weight ? ` font-weight="${weight}"` : "") + (anchor ? ` text-anchor="${anchor}"` : "") +
    `>${escaped(content)}</text>`;
}

/** Replaces what would end a text or an attribute. */
export function escaped(content: string): string {
  const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return content.replace(/[&<>"]/g, (sign) => names[sign]);
}

/** How long a text is at most, in CSS pixels. */
export function textWidth(content: string, size: number): number {
  return content.length * LETTER * size;
}

/** Shortens a text that is too long for its place. */
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

/** What Observable Plot draws, as a group. */
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

/** Two decimals are enough for any screen, and the same on every machine. */
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

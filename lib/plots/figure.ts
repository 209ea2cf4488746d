/**
 * Figures: SVG documents that can be displayed and saved.
 *
 * @module
 */
import { printable } from "../core/printable.ts";
import { writeAtomically } from "../core/write_atomically.ts";
import { svgToPng } from "../deps/resvg.ts";
import { JUPYTER, TERMINAL } from "./display.ts";
import { type Theme, themed } from "./theme.ts";

/** Options of every figure. */
export interface FigureOptions {
  /** Title above the figure; each figure has a default. */
  readonly title?: string;
  /** Line below the title. */
  readonly subtitle?: string;
  /** Width in CSS pixels; each figure has a default. */
  readonly width?: number;
  /** Height of the plotting area in CSS pixels; each figure has a default. */
  readonly height?: number;
  /**
   * Colour theme; `"auto"` follows the viewer's preference.
   *
   * @default {"auto"}
   */
  readonly theme?: Theme;
}

/** A drawn figure. */
export interface Figure {
  /** Short name, used in file names, for instance `class-counts`. */
  readonly name: string;
  /** Its title. */
  readonly title: string;
  /** Width in CSS pixels. */
  readonly width: number;
  /** Height in CSS pixels. */
  readonly height: number;
  /** The SVG document. */
  readonly svg: string;
  /** Returns the same figure in another theme. */
  in(theme: Theme): Figure;
  /**
   * Renders the figure as PNG, in light colours unless its theme is dark.
   *
   * @param scale Pixels per CSS pixel; 2 by default.
   */
  png(scale?: number): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Writes the figure to a file, creating missing folders.
   *
   * @param path Path ending in `.svg` or `.png`.
   * @returns The path.
   * @throws {RangeError} If the path has another extension.
   */
  save(path: string): Promise<string>;
  /** Returns the representations for Jupyter, keyed by MIME type. */
  [JUPYTER](): Record<string, string>;
  /** Returns the text for a terminal: the path of a file with the figure. */
  [TERMINAL](): string;
}

/**
 * Creates a figure from an SVG.
 *
 * @param drawn Name, title, size and an SVG with the placeholders of `colour()`.
 * @param theme The theme.
 * @returns The figure.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const svg = '<svg xmlns="http://www.w3.org/2000/svg" class="nbn"><path fill="var(--nbn-ink)" d="M0,0"/></svg>';
 * const dark = figure({ name: "dot", title: "A dot", width: 10, height: 10, svg }, "dark");
 * assertEquals(dark.svg.includes('fill="#e8eaed"'), true);
 * ```
 */
export function figure(
  drawn: Pick<Figure, "name" | "title" | "width" | "height" | "svg">,
  theme: Theme = "auto",
): Figure {
  const { name, title, width, height } = drawn;
  // Texts that the plotting library has written may hold control characters.
  const svg = printable(themed(drawn.svg, theme));
  let shown: string | undefined;
  const png = (scale = 2) => {
    const plain = theme === "auto" ? themed(drawn.svg, "light") : svg;
    // resvg supports only the older attribute `image-rendering`.
    return svgToPng(plain.replaceAll(' style="image-rendering:pixelated"', ""), scale);
  };
  return {
    name,
    title,
    width,
    height,
    svg,
    in: (other) => figure(drawn, other),
    png,
    async save(path) {
      const kind = /\.(svg|png)$/i.exec(path)?.[1].toLowerCase();
      if (kind === undefined) {
        throw new RangeError(`Expected a path that ends in .svg or .png but found "${path}"`);
      }
      const folder = path.replace(/[^/\\]*$/, "");
      if (folder !== "") await Deno.mkdir(folder, { recursive: true });
      await writeAtomically(path, kind === "svg" ? svg + "\n" : await png());
      return path;
    },
    [JUPYTER]: () => ({ "image/svg+xml": svg, "text/plain": title }),
    [TERMINAL]: () => shown ??= `${title}: ${written(name, svg)}`,
  };
}

let folder: string | undefined;

/** Writes a figure to a temporary file, since a terminal cannot display it. */
function written(name: string, svg: string): string {
  try {
    folder ??= Deno.makeTempDirSync({ prefix: "nbn-figures-" });
    const path = Deno.makeTempFileSync({ dir: folder, prefix: `${name}-`, suffix: ".svg" });
    Deno.writeTextFileSync(path, svg + "\n");
    return path;
  } catch {
    return "figure; save(path) writes it";
  }
}

/**
 * What a figure is: an SVG that shows and saves itself.
 *
 * @module
 */
import { svgToPng } from "../deps/resvg.ts";
import { JUPYTER, TERMINAL } from "./display.ts";
import { type Theme, themed } from "./theme.ts";

/** What every figure can be told. */
export interface FigureOptions {
  /** Title above the figure; each figure has one of its own. */
  readonly title?: string;
  /** A line below the title. */
  readonly subtitle?: string;
  /** Width in CSS pixels; each figure has one that suits it. */
  readonly width?: number;
  /** Height of the plotting area in CSS pixels; each figure has one that suits it. */
  readonly height?: number;
  /**
   * Colours for light or dark surroundings, or for those that the reader has.
   *
   * @default {"auto"}
   */
  readonly theme?: Theme;
}

/** A drawn figure. */
export interface Figure {
  /** Short name, from which files are named: `class-counts`. */
  readonly name: string;
  /** Its title. */
  readonly title: string;
  /** Width in CSS pixels. */
  readonly width: number;
  /** Height in CSS pixels. */
  readonly height: number;
  /** The SVG, a whole document. */
  readonly svg: string;
  /** The same figure in another theme. */
  in(theme: Theme): Figure;
  /**
   * Draws the figure as PNG, in light colours unless its theme is dark.
   *
   * @param scale Pixels for each CSS pixel; 2 unless given.
   */
  png(scale?: number): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Writes the figure to a file, making the folders that it lacks.
   *
   * @param path Ends in `.svg` or `.png`.
   * @returns The path.
   * @throws {RangeError} If it ends in something else.
   */
  save(path: string): Promise<string>;
  /** What Jupyter shows. */
  [JUPYTER](): Record<string, string>;
  /** What a terminal shows: the path of a file with the figure. */
  [TERMINAL](): string;
}

/**
 * Makes a figure of an SVG.
 *
 * @param drawn Name, title, size and an SVG with the colours of `colour()`.
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
  const svg = themed(drawn.svg, theme);
  let shown: string | undefined;
  const png = (scale = 2) => {
    const plain = theme === "auto" ? themed(drawn.svg, "light") : svg;
    // resvg knows the older name alone.
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
      if (kind === "svg") await Deno.writeTextFile(path, svg + "\n");
      else await Deno.writeFile(path, await png());
      return path;
    },
    [JUPYTER]: () => ({ "image/svg+xml": svg, "text/plain": title }),
    [TERMINAL]: () => shown ??= `${title}: ${written(name, svg)}`,
  };
}

let folder: string | undefined;

/** Writes a figure where it is in no one's way, for a terminal that cannot show it. */
function written(name: string, svg: string): string {
  try {
    folder ??= Deno.makeTempDirSync({ prefix: "nbn-figures-" });
    const path = Deno.makeTempFileSync({ dir: folder, prefix: `${name}-`, suffix: ".svg" });
    Deno.writeTextFileSync(path, svg + "\n");
    return path;
  } catch {
    return "a figure; save(path) writes it";
  }
}

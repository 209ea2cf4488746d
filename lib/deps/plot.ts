/**
 * Observable Plot and a document for it to draw in, loaded when the first figure is drawn. Their names are not
 * literal arguments of `import`, for those Deno downloads as soon as a file that holds them is imported.
 *
 * @module
 */

const PLOT: string = "npm:@observablehq/plot@0.6.17";
const DOCUMENT: string = "npm:linkedom@0.18.15";

/** Observable Plot's functions. */
export type ObservablePlot = typeof import("npm:@observablehq/plot@0.6.17");

/** A library of marks, and what draws them. */
export interface Plotter {
  /** Observable Plot. */
  readonly plot: ObservablePlot;
  /** Draws a plot, without a browser; the result is SVG text. */
  draw(options: import("npm:@observablehq/plot@0.6.17").PlotOptions): string;
}

let loading: Promise<Plotter> | undefined;

/** Loads the packages, once. */
export function plotter(): Promise<Plotter> {
  return loading ??= load();
}

async function load(): Promise<Plotter> {
  const [plot, { parseHTML }] = await Promise.all([
    import(PLOT) as Promise<ObservablePlot>,
    import(DOCUMENT),
  ]);
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  return { plot, draw: (options) => plot.plot({ ...options, document }).outerHTML };
}

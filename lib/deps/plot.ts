/**
 * Observable Plot and a DOM implementation to render in, loaded when the first figure is drawn.
 *
 * @module
 */
import { ON_USE } from "./on_use.ts";

/** Observable Plot's functions. */
export type ObservablePlot = typeof import("npm:@observablehq/plot@0.6.17");

/** Observable Plot together with a renderer. */
export interface Plotter {
  /** Observable Plot. */
  readonly plot: ObservablePlot;
  /** Renders a plot to SVG text without a browser. */
  draw(options: import("npm:@observablehq/plot@0.6.17").PlotOptions): string;
}

let loading: Promise<Plotter> | undefined;

/** Loads the packages on the first call; later calls return the cached result. */
export function plotter(): Promise<Plotter> {
  return loading ??= load();
}

async function load(): Promise<Plotter> {
  const [plot, { parseHTML }] = await Promise.all([
    import(`npm:@observablehq/plot@0.6.17/${ON_USE}`) as Promise<ObservablePlot>,
    import(`npm:linkedom@0.18.15/${ON_USE}`),
  ]);
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  return { plot, draw: (options) => plot.plot({ ...options, document }).outerHTML };
}

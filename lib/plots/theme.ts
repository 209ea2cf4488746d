/**
 * Colours of figures for light and dark themes. Head, Medium and Tail have the same hues in every figure, from the
 * palette of Okabe and Ito, which is distinguishable with colour vision deficiencies.
 *
 * @module
 */
import type { Group } from "../data/groups.ts";

/** Colour theme; `"auto"` follows the viewer's preference. */
export type Theme = "light" | "dark" | "auto";

/** Each colour in the light and the dark theme. */
const COLOURS = {
  paper: ["#ffffff", "#15191e"],
  ink: ["#1f2328", "#e8eaed"],
  muted: ["#59636e", "#9da7b3"],
  grid: ["#dfe3e8", "#363d46"],
  /** Text on strongly coloured cells. */
  inverse: ["#ffffff", "#0d1117"],
  head: ["#0072b2", "#56b4e9"],
  medium: ["#009e73", "#2fc796"],
  tail: ["#d55e00", "#f28e4d"],
  series0: ["#6b7280", "#aab2bd"],
  series1: ["#aa4f8a", "#e39ac6"],
  series2: ["#c98600", "#f2bd45"],
  series3: ["#2d8fc9", "#79c6f4"],
  series4: ["#00806a", "#4fd1b0"],
  series5: ["#8c5a2b", "#cf9f6c"],
  series6: ["#5257b8", "#a3a7f5"],
} as const satisfies Record<string, readonly [light: string, dark: string]>;

/** Name of a colour. */
export type Colour = keyof typeof COLOURS;

/**
 * Returns the placeholder of a colour, which {@linkcode themed} replaces by its value.
 *
 * @param name Its name.
 * @returns A CSS variable.
 */
export function colour(name: Colour): string {
  return `var(--nbn-${name})`;
}

/**
 * Returns red, green and blue of a colour in the light theme, for pixels, which cannot follow a theme.
 *
 * @param placeholder From {@linkcode colour}.
 * @returns Numbers from 0 to 255.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(lightRgb(colour("tail")), [0xd5, 0x5e, 0x00]);
 * ```
 */
export function lightRgb(placeholder: string): number[] {
  const name = placeholder.slice("var(--nbn-".length, -1) as Colour;
  return [...Uint8Array.fromHex(COLOURS[name][0].slice(1))];
}

/** Returns the colour of a group of classes, the same in every figure. */
export function groupColour(group: Group): string {
  return colour(group);
}

/** Number of distinct colours for runs and methods. */
const SERIES = 7;

/** Methods with a fixed colour in every figure, matched by the end of their names. */
const KNOWN: readonly [RegExp, number][] = [
  [/\bce\+nbn\+lr$/i, 1],
  [/\bce\+nbn$/i, 2],
  [/\bce\+lr$/i, 4],
  [/\bce$/i, 0],
  [/\bbalanced-softmax\+nbn\+lr$/i, 6],
  [/\bbalanced-softmax$/i, 3],
];

/**
 * Assigns colours to runs or methods: fixed ones to those of the paper's comparisons, and the remaining ones to the
 * others, in order.
 *
 * @param names Names of the runs, for instance recipes.
 * @returns One colour per name; colours repeat after the seventh.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const [nbn] = seriesColours(["cifar10-lt/ce+nbn+lr"]);
 * assertEquals(seriesColours(["builtin/ce", "builtin/ce+nbn+lr"])[1], nbn);
 * ```
 */
export function seriesColours(names: readonly string[]): string[] {
  const indices = names.map((name) => KNOWN.find(([end]) => end.test(name))?.[1]);
  const taken = new Set<number>();
  const kept = indices.map((index) => {
    if (index === undefined || taken.has(index)) return undefined;
    taken.add(index);
    return index;
  });
  const free = Array.from({ length: SERIES }, (_, i) => i).filter((i) => !taken.has(i));
  let next = 0;
  const taking = () => free.length > 0 ? free[next++ % free.length] : next++ % SERIES;
  return kept.map((index) => colour(`series${index ?? taking()}` as Colour));
}

const USED = /(fill|stroke)="var\(--nbn-(\w+)\)"/g;

/**
 * Replaces the colour placeholders of an SVG by the colours of a theme.
 *
 * With `"auto"`, the attributes hold the light colours, and a style sheet overrides them if the viewer prefers a dark
 * colour scheme or JupyterLab has a dark theme. Programs without support for style sheets show the light colours.
 *
 * @param svg An SVG drawn with {@linkcode colour}; its root has the class `nbn`.
 * @param theme The theme.
 * @returns The SVG with colours.
 */
export function themed(svg: string, theme: Theme): string {
  const index = theme === "dark" ? 1 : 0;
  const used = new Set<string>();
  const coloured = svg.replace(USED, (_, attribute: string, name: Colour) => {
    const plain = `${attribute}="${COLOURS[name][index]}"`;
    if (theme !== "auto") return plain;
    used.add(`${attribute}-${name}`);
    return `${plain} data-${attribute}="${name}"`;
  });
  if (theme !== "auto") return coloured;
  const rules = (before: string) =>
    [...used].sort().map((rule) => {
      const [attribute, name] = rule.split("-");
      return `${before}svg.nbn [data-${attribute}=${name}]{${attribute}:${
        COLOURS[name as Colour][1]
      }}`;
    }).join("");
  const style = `<style>@media (prefers-color-scheme:dark){${rules("")}}${
    rules("[data-jp-theme-light=false] ")
  }</style>`;
  return coloured.replace(/^<svg[^>]*>/, (root) => root + style);
}

/**
 * Accuracy with groups of channels masked.
 *
 * @module
 */
import { counted } from "../core/counted.ts";
import type { MaskedGroup } from "../analysis/mask_groups.ts";
import { GROUP_NAMES } from "../data/groups.ts";
import { draw, text } from "./draw.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { signed } from "./prose.ts";
import { colour } from "./theme.ts";

/** Options of {@linkcode masking}. */
export interface MaskingOptions extends FigureOptions {
  /** Note below the table, for instance the `note` of {@linkcode rareAndFrequent}. */
  readonly note?: string | null;
}

const COLUMNS = ["all", "tail", "medium", "head"] as const;
const TITLES = { all: "All", ...GROUP_NAMES };

/** Height of a row and width of the first column, in wide and in narrow figures. */
const WIDE = { row: 34, first: 200 }, NARROW = { row: 52, first: 116 };

/**
 * Draws a table of the accuracies with all channels and with each group masked (paper, Table V), coloured by the loss
 * or gain.
 *
 * @param rows Rows from {@linkcode maskGroups}.
 * @param options Note, title, width, theme.
 * @returns The figure. A dash marks a group without classes.
 * @throws {RangeError} If there is no row.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { plots } from "@nbn/toolkit/plots";
 *
 * const whole = { all: 42.2, head: 64.2, medium: null, tail: 6.3 };
 * const none = { all: 0, head: 0, medium: null, tail: 0 };
 * const { svg } = await plots.masking([
 *   { masked: "none", channels: 0, ...whole, drop: none },
 *   { masked: "common", channels: 90, all: 37.1, head: 58.1, medium: null, tail: 3.5,
 *     drop: { all: 5.1, head: 6.1, medium: null, tail: 2.8 } },
 * ]);
 * assertStringIncludes(svg, "−6.1");
 * ```
 */
export async function masking(
  rows: readonly MaskedGroup[],
  { note, width = 620, ...options }: MaskingOptions = {},
): Promise<Figure> {
  if (rows.length === 0) throw new RangeError("Expected at least one row but found none");
  const strongest = Math.max(
    1,
    ...rows.flatMap(({ drop }) => COLUMNS.map((column) => Math.abs(drop[column] ?? 0))),
  );
  const narrow = width < 480;
  const { row: high, first } = narrow ? NARROW : WIDE;
  const cell = (width - first) / COLUMNS.length;
  const parts = COLUMNS.map((column, i) =>
    text(TITLES[column], {
      x: first + (i + 0.5) * cell,
      y: 14,
      size: 12,
      weight: 600,
      anchor: "middle",
    })
  );
  rows.forEach((row, index) => {
    const y = 24 + index * high, base = y + high / 2 + 4;
    const title = row.masked === "none"
      ? ["All channels"]
      : narrow
      ? ["Without", row.masked]
      : [`Without ${row.masked}`];
    const lines = row.masked === "none" ? title : [...title, size(row.channels)];
    lines.forEach((line, i) => {
      const small = i > 0 && i === lines.length - 1;
      parts.push(text(line, {
        x: 0,
        y: base + 14 * (i - (lines.length - 1) / 2) + (lines.length > 1 ? 2 : 0),
        size: small ? 10 : 12,
        fill: small ? "muted" : "ink",
      }));
    });
    COLUMNS.forEach((column, i) => {
      const value = row[column], drop = row.drop[column];
      const x = first + i * cell;
      if (drop !== null && Math.abs(drop) >= 0.05) {
        const opacity = Math.round(85 * Math.abs(drop) / strongest) / 100;
        parts.push(
          `<rect x="${x + 2}" y="${y + 2}" width="${cell - 4}" height="${high - 4}" rx="3" ` +
            `fill="${colour(drop > 0 ? "tail" : "head")}" fill-opacity="${opacity * 0.6}"/>`,
        );
      }
      const middle = x + cell / 2;
      if (value === null) {
        parts.push(text("–", { x: middle, y: base, size: 12, anchor: "middle" }));
      } else if (row.masked === "none" || drop === null) {
        parts.push(text(value.toFixed(1), { x: middle, y: base, size: 12, anchor: "middle" }));
      } else if (narrow) {
        parts.push(
          text(value.toFixed(1), { x: middle, y: base - 6, size: 12, anchor: "middle" }),
          text(`(${signed(-drop).digits})`, { x: middle, y: base + 8, size: 10, anchor: "middle" }),
        );
      } else {
        parts.push(
          text(value.toFixed(1), { x: middle - 2, y: base, size: 12, anchor: "end" }),
          text(`(${signed(-drop).digits})`, { x: middle + 4, y: base, size: 11 }),
        );
      }
    });
    parts.push(`<path d="M0,${y}H${width}" stroke="${colour("grid")}"/>`);
  });
  return await draw({
    name: "masking",
    title: "Accuracy with groups of channels masked",
    subtitle:
      "Percent on the test set; in brackets the change in points; orange: lost, blue: gained",
    rows: [[{ width, height: 24 + rows.length * high, svg: parts.join("") }]],
    note,
  }, options);
}

/** Formats a number of channels. */
function size(channels: number): string {
  return counted(channels, "channel");
}

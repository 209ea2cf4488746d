/**
 * Accuracy drop per masked channel.
 *
 * @module
 */
import { GROUP_NAMES } from "../data/groups.ts";
import type { ChannelDrops } from "../analysis/channel_drops.ts";
import type { ChannelGroups } from "../analysis/channel_groups.ts";
import { MARGINS, xAxis, yAxis } from "./axes.ts";
import { draw } from "./draw.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { colour } from "./theme.ts";

const LOOK = [
  ["rareSpecific", "Rare-specific", colour("tail")],
  ["frequentSpecific", "Frequent-specific", colour("head")],
  ["common", "Common", colour("series1")],
  ["other", "Other", colour("muted")],
] as const;

/**
 * Draws each channel by the accuracy drop when it alone is masked: of frequent classes on the horizontal axis, of rare
 * classes on the vertical axis, coloured by channel group.
 *
 * @param drops Drops from {@linkcode channelDrops}.
 * @param groups Groups from {@linkcode channelGroups}.
 * @param options Title, size, theme.
 * @returns The figure, with the note on the classes that serve as rare or frequent ones, if any.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { channelGroups, rareAndFrequent } from "@nbn/toolkit/analysis";
 * import { plots } from "@nbn/toolkit/plots";
 *
 * const drops = { classes: rareAndFrequent([500, 5]), rare: [1, 0], frequent: [0, 2] };
 * const { svg } = await plots.channelDrops(drops, channelGroups(drops));
 * assertStringIncludes(svg, "Rare-specific (1)");
 * ```
 */
export async function channelDrops(
  { classes, rare, frequent }: Pick<ChannelDrops, "classes" | "rare" | "frequent">,
  groups: ChannelGroups,
  { width = 560, height = 380, ...options }: FigureOptions = {},
): Promise<Figure> {
  const points = LOOK.toReversed().flatMap(([group, , fill]) =>
    groups[group].map((channel) => ({ fill, x: frequent[channel], y: rare[channel] }))
  );
  return await draw({
    name: "channel-drops",
    title: "Accuracy drop of each masked channel",
    subtitle: "Accuracy lost when a single channel is masked, in percentage points",
    legends: [LOOK.map(([group, label, fill]) => ({
      label: `${label} (${groups[group].length})`,
      colour: fill,
    }))],
    rows: [[{
      width,
      height,
      plot: (Plot) => ({
        ...MARGINS,
        x: scaleOf(points.map(({ x }) => x)),
        y: scaleOf(points.map(({ y }) => y)),
        marks: [
          ...yAxis(Plot, `Loss of ${GROUP_NAMES[classes.rareGroup]} classes (points)`, {
            ticks: 6,
          }),
          ...xAxis(Plot, `Loss of ${GROUP_NAMES[classes.frequentGroup]} classes (points)`, {
            ticks: 8,
          }),
          Plot.ruleX([0], { stroke: colour("muted") }),
          Plot.ruleY([0], { stroke: colour("muted") }),
          Plot.dot(points, {
            x: "x",
            y: "y",
            r: 4.5,
            fill: (d: { fill: string }) => d.fill,
            fillOpacity: 0.85,
          }),
        ],
      }),
    }]],
    note: classes.note,
  }, options);
}

/** Returns the scale of an axis; all-zero values need an explicit domain. */
function scaleOf(values: readonly number[]): { nice: true } | { domain: [number, number] } {
  return values.some((value) => value !== 0) ? { nice: true } : { domain: [-1, 1] };
}

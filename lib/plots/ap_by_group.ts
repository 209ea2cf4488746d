/**
 * Average precision of rare, common and frequent classes.
 *
 * @module
 */
import type { MeanAndDeviation } from "../metrics/mean_and_deviation.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { groupBars } from "./group_bars.ts";
import { type ByName, seriesOf } from "./runs.ts";

/** An average precision from 0 to 1, with its standard deviation if over several seeds; `null` without classes. */
export type AveragePrecision = number | MeanAndDeviation | null;

/** Average precision of a run, as `lvisAp` and sweeps return it. */
export interface GroupAverages {
  /** Over all classes. */
  readonly ap: AveragePrecision;
  /** Of rare classes. */
  readonly apRare: AveragePrecision;
  /** Of common classes. */
  readonly apCommon: AveragePrecision;
  /** Of frequent classes. */
  readonly apFrequent: AveragePrecision;
}

/** Upper ends of the vertical axis, in percent. */
const TOPS = [10, 20, 40, 60, 80, 100];

/**
 * Draws the average precision of all, rare, common and frequent classes as bars, one per run, with whiskers for the
 * standard deviation over seeds. A dash marks a group without classes.
 *
 * @param runs Average precision keyed by run name.
 * @param options Title, size, theme.
 * @returns The figure.
 * @throws {RangeError} If there is no run.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { plots } from "@nbn/toolkit/plots";
 *
 * const { svg } = await plots.apByGroup({
 *   "lvis/mask-rcnn+ce": { ap: 0.199, apRare: 0.013, apCommon: 0.167, apFrequent: 0.293 },
 *   "lvis/mask-rcnn+ce+nbn": { ap: 0.235, apRare: 0.092, apCommon: 0.21, apFrequent: 0.324 },
 * });
 * assertStringIncludes(svg, "32.4");
 * ```
 */
export async function apByGroup(
  runs: ByName<GroupAverages>,
  options: FigureOptions = {},
): Promise<Figure> {
  const series = seriesOf(runs).map(({ value, ...run }) => ({
    ...run,
    value: {
      ap: inPercent(value.ap),
      apRare: inPercent(value.apRare),
      apCommon: inPercent(value.apCommon),
      apFrequent: inPercent(value.apFrequent),
    },
  }));
  const highest = Math.max(
    ...series.flatMap(({ value }) =>
      Object.values(value).map((ap) =>
        ap === null ? 0 : typeof ap === "number" ? ap : ap.mean + ap.deviation
      )
    ),
  );
  return await groupBars(series, {
    name: "ap-by-group",
    title: "Average precision by group of classes",
    subtitle:
      "Means over the classes of a group, rare: up to 10 training images, common: up to 100",
    label: "AP (%)",
    groups: { All: "ap", Rare: "apRare", Common: "apCommon", Frequent: "apFrequent" },
    top: TOPS.find((top) => 1.05 * highest <= top) ?? 100,
  }, options);
}

function inPercent(ap: AveragePrecision): AveragePrecision {
  if (ap === null || typeof ap === "number") return ap && 100 * ap;
  return { ...ap, mean: 100 * ap.mean, deviation: 100 * ap.deviation };
}

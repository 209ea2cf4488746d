/**
 * Every analysis of a finished run.
 *
 * @module
 */
import { lockFolder } from "../../train/lock_folder.ts";
import { openRun, type OpenRunOptions } from "../../train/open_run.ts";
import { channelGroups, type ChannelGroupsOptions } from "../channel_groups.ts";
import { findTap } from "../taps.ts";
import { describeRun } from "./describe_run.ts";
import { expectBuiltin, expectOwnData, expectRunFolder } from "./expect_run.ts";
import { analysisFolder, hasPart, readAnalysis, writePart } from "./files.ts";
import { makeParts, NothingLogged } from "./make_parts.ts";
import { ANALYSIS_PARTS, type AnalysisPart, type RunAnalysis } from "./run_analysis.ts";

/** Options of {@linkcode analyseRun}; what is left out comes from the run's `config.json`. */
export interface AnalyseRunOptions extends OpenRunOptions {
  /** Folder of the data, or `builtin` for runs on the built-in images. */
  readonly folder?: string;
  /**
   * Where channels are masked and their statistics taken.
   *
   * @default {"embedding"}
   */
  readonly tap?: string;
  /** Thresholds of the groups of channels, in percentage points. */
  readonly thresholds?: ChannelGroupsOptions;
  /** Called when a part is done: made now, kept from before, or missing for a reason. */
  readonly onPart?: (part: AnalysisPart, how: "made" | "kept" | "missing", reason?: string) => void;
}

/**
 * Runs every analysis of the paper's tables and figures on a finished run and writes the numbers into its folder
 * `analysis`: accuracy, confusion and calibration; strength of each channel (Figure 6, Table XVI); weights of the
 * last BN (Figure 5) and of the classifier; logits; masked channels (Table V); magnitude (Figure 2); attention on a
 * few rare images (Figures 1 and 4). {@linkcode readAnalysis} reads them without network and data.
 *
 * Every file is there whole or not at all, and names what it was made of. A second call makes only what is not there
 * yet, or was made of something else. Where a part cannot be had, as the comparison of rare and frequent classes on
 * balanced data, the reason takes its place.
 *
 * @param path A run folder.
 * @param options Data, tap, thresholds.
 * @returns The analysis as it was written.
 * @throws {UsageError} If the run does not tell its recipe.
 * @throws {BusyError} If another process analyses the run.
 * @throws {CheckpointError} If there is no checkpoint, it does not fit, or the folder cannot be written to.
 * @throws {DataError} If the data cannot be read, or is not what the run was trained on.
 * @throws {RangeError} If there is no such tap (the message lists those that there are), or the thresholds are wrong.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtin } from "../../data/builtin/mod.ts";
 * import { train } from "../../train/train.ts";
 *
 * const out = await Deno.makeTempDir();
 * const data = builtin({ testImages: 2 });
 * await train({ recipe: "builtin/ce+nbn", data, iterations: 2, batch: 8, out });
 * const { features, masking } = await analyseRun(out, { data });
 * assertEquals([features!.statistics.mean.length, masking!.rows.length], [64, 4]);
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function analyseRun(
  path: string,
  { folder, tap = "embedding", thresholds: given = {}, onPart, ...options }: AnalyseRunOptions = {},
): Promise<RunAnalysis> {
  const thresholds = { severe: given.severe ?? 0.2, negligible: given.negligible ?? 0.05 };
  channelGroups({ rare: [], frequent: [] }, thresholds);
  await expectRunFolder(path);
  await expectBuiltin(path, folder);
  const run = await openRun(path, {
    ...options,
    folder: folder === "builtin" ? undefined : folder,
  });
  try {
    expectOwnData(path, run);
    findTap(run, run.data.test.shape, tap);
    const about = await describeRun(path, run, {
      folder,
      split: options.split,
      tap,
      thresholds,
    });
    const target = analysisFolder(path);
    await using _lock = await lockFolder(target, "analysis.lock", "the folder");
    const parts = makeParts(path, run, { tap, thresholds, target });
    const missing: Record<string, string> = {};
    for (const part of ANALYSIS_PARTS) {
      if (await hasPart(target, part, about.inputs)) {
        onPart?.(part, "kept");
        continue;
      }
      try {
        await writePart(target, part, about.inputs, await parts[part]());
        onPart?.(part, "made");
      } catch (error) {
        // A network or data that an analysis does not fit; whatever is wrong with all of it was found above.
        if (!(error instanceof RangeError || error instanceof NothingLogged)) throw error;
        missing[part] = error.message;
        await Deno.remove(`${target}/${part}.json`).catch(() => {});
        onPart?.(part, "missing", error.message);
      }
    }
    const { inputs, ...record } = about;
    await writePart(target, "analysis", inputs, { ...record, missing });
    return (await readAnalysis(path))!;
  } finally {
    run.dispose();
  }
}

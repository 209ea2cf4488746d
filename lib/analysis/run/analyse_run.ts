/**
 * All analyses of a trained run.
 *
 * @module
 */
import { NotApplicableError } from "../../core/errors.ts";
import { lockFolder } from "../../core/lock_folder.ts";
import type { Cluster } from "../../engine/cluster/cluster.ts";
import { valueOfFirst } from "../../engine/cluster/exchange.ts";
import { expectSame } from "../../engine/cluster/expect_same.ts";
import { together, type TogetherOptions } from "../../engine/cluster/together.ts";
import { engine } from "../../engine/engine.ts";
import { openRun, type OpenRunOptions } from "../../runs/open_run.ts";
import { channelGroups, type ChannelGroupsOptions } from "../channel_groups.ts";
import { findTap } from "../taps.ts";
import { describeRun } from "./describe_run.ts";
import { expectBuiltin, expectOwnData, expectRunFolder } from "./expect_run.ts";
import { analysisFolder, hasPart, readAnalysis, writePart } from "./files.ts";
import { makeParts } from "./make_parts.ts";
import { ANALYSIS_PARTS, type AnalysisPart, type RunAnalysis } from "./run_analysis.ts";

/** Options of {@linkcode analyseRun}; defaults come from the run's `config.json`. */
export interface AnalyseRunOptions extends OpenRunOptions, TogetherOptions {
  /** Folder of the data, or `builtin` for runs on the built-in images. */
  readonly folder?: string;
  /**
   * Tap at which channels are masked and their statistics computed.
   *
   * @default {"embedding"}
   */
  readonly tap?: string;
  /** Thresholds of the channel groups, in percentage points. */
  readonly thresholds?: ChannelGroupsOptions;
  /**
   * Called after each part: computed now, kept from an earlier analysis, or missing with the reason. In a cluster, in the
   * process of rank 0 only.
   */
  readonly onPart?: (part: AnalysisPart, how: "made" | "kept" | "missing", reason?: string) => void;
}

/**
 * Runs all analyses of the paper's tables and figures on a trained run and writes the results to its folder `analysis`:
 * accuracy, confusion and calibration; strength of each channel (Figure 6, Table XVI); weights of the last BN (Figure
 * 5) and of the classifier; logits; masked channels (Table V); magnitude (Figure 2); attention on a few rare images
 * (Figures 1 and 4). {@linkcode readAnalysis} reads them back without the network or the data.
 *
 * Every file is written atomically and records a checksum of its inputs. A second call computes only the parts that are
 * absent or were computed from other inputs. If a part cannot be computed, such as the comparison of rare and frequent
 * classes on balanced data, the reason is recorded instead.
 *
 * With `cluster`, several processes compute a part of the images each. All need to reach the run folder, into which the
 * process of rank 0 alone writes.
 *
 * @param path The run folder.
 * @param options Data, tap, thresholds, callback.
 * @returns The analysis as written.
 * @throws {UsageError} If the run does not record its recipe, or `folder` is `builtin` for a run on other images.
 * @throws {BusyError} If another process is analysing the run.
 * @throws {CheckpointError} If there is no checkpoint, it does not match the network, or the folder is not writable.
 * @throws {DataError} If the data cannot be read, or is not the data that the run was trained on.
 * @throws {RangeError} If there is no such tap (the message lists the available ones), or `severe` is not above
 * `negligible`.
 * @throws {PeerError} If another process of the cluster fails, does not come or analyses something else.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { analyseRun } from "@nbn/toolkit/analysis";
 * import { builtin } from "@nbn/toolkit/data";
 * import { train } from "@nbn/toolkit/train";
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
  { cluster, peerTimeout: timeout, ...options }: AnalyseRunOptions = {},
): Promise<RunAnalysis> {
  return await together(cluster, { timeout }, (cluster) => analysed(path, options, cluster));
}

/** Analyses, in a cluster together with other processes. */
async function analysed(
  path: string,
  { folder, tap = "embedding", thresholds: given = {}, onPart, ...options }: AnalyseRunOptions,
  cluster?: Cluster,
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
    const about = await describeRun(path, run, { folder, split: options.split, tap, thresholds });
    const { inputs, ...record } = about;
    if (cluster) {
      const { toolkit } = about.versions, { version } = await engine();
      await expectSame(cluster, { version: toolkit, TensorFlow: version, analysis: inputs });
    }
    // Only this process writes; undefined in the others.
    const target = !cluster || cluster.rank === 0 ? analysisFolder(path) : undefined;
    await using _lock = target === undefined
      ? undefined
      : await lockFolder(target, "analysis.lock", "the folder");
    const own = target === undefined ? undefined : await keptParts(target, inputs);
    const kept = cluster ? await valueOfFirst(cluster, own) : own!;
    const parts = makeParts(path, run, { tap, thresholds, target, cluster });
    const missing: Record<string, string> = {};
    for (const part of ANALYSIS_PARTS) {
      if (kept.includes(part)) {
        if (target !== undefined) onPart?.(part, "kept");
        continue;
      }
      try {
        const made = await parts[part]();
        if (target === undefined) continue;
        await writePart(target, part, inputs, made);
        onPart?.(part, "made");
      } catch (error) {
        if (!(error instanceof NotApplicableError)) throw error;
        if (target === undefined) continue;
        missing[part] = error.message;
        await Deno.remove(`${target}/${part}.json`).catch(() => {});
        onPart?.(part, "missing", error.message);
      }
    }
    if (target !== undefined) await writePart(target, "analysis", inputs, { ...record, missing });
    // The others read it once it is written.
    if (cluster) await valueOfFirst(cluster, true);
    return (await readAnalysis(path))!;
  } finally {
    run.dispose();
  }
}

/** The parts that an earlier analysis of the same inputs has left. */
async function keptParts(target: string, inputs: string): Promise<AnalysisPart[]> {
  const kept: AnalysisPart[] = [];
  for (const part of ANALYSIS_PARTS) if (await hasPart(target, part, inputs)) kept.push(part);
  return kept;
}

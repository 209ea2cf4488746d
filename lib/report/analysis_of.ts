/**
 * The analysis of a run: the one in its folder, or one made now.
 *
 * @module
 */
import { analyseRun } from "../analysis/run/analyse_run.ts";
import { readAnalysis } from "../analysis/run/files.ts";
import type { AnalysisPart, RunAnalysis } from "../analysis/run/run_analysis.ts";
import { InputError } from "../core/errors.ts";
import { sha256OfFile } from "../engine/install/checksum.ts";
import { checkpointsIn } from "../train/run_folder.ts";

/** What could be had. */
export interface FoundAnalysis {
  /** The analysis. */
  readonly analysis?: RunAnalysis;
  /** Why there is none, or not all of it. */
  readonly missing?: string;
}

/** Options of {@linkcode analysisOf}. */
export interface AnalysisOfOptions {
  /** Folder of the data, or `builtin`. */
  readonly folder?: string;
  /** Called with every part that is made. */
  readonly onPart?: (part: AnalysisPart) => void;
}

/**
 * Reads the analysis of a run. Where there is none, or one of another checkpoint or version, it is made, if
 * checkpoint and data are at hand.
 *
 * @param path The run folder.
 * @param options Data.
 * @returns The analysis, or why there is none.
 */
export async function analysisOf(
  path: string,
  { folder, onPart }: AnalysisOfOptions,
): Promise<FoundAnalysis> {
  const stored = await readAnalysis(path).catch((error: Error) => {
    if (error instanceof InputError) return error;
    throw error;
  });
  const wrong = await reasonToRenew(path, stored);
  if (wrong === undefined) return { analysis: stored as RunAnalysis };
  try {
    const analysis = await analyseRun(path, {
      folder,
      onPart: (part, how) => how === "made" && onPart?.(part),
    });
    return { analysis };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    // What is there of this very checkpoint is shown, with what is lacking.
    const usable = stored && !(stored instanceof Error) && !wrong.other;
    return {
      analysis: usable ? stored : undefined,
      missing: `${wrong.reason}, and it cannot be made now. ${error.message}`,
    };
  }
}

async function reasonToRenew(
  path: string,
  stored: RunAnalysis | Error | undefined,
): Promise<{ reason: string; other: boolean } | undefined> {
  if (stored === undefined) return { reason: `There is no ${path}/analysis`, other: true };
  if (stored instanceof Error) return { reason: stored.message, other: true };
  const newest = checkpointsIn(path).at(-1);
  const { checkpoint } = stored.record;
  if (newest && await sha256OfFile(`${path}/${newest}`) !== checkpoint.sha256) {
    return {
      reason: `${path}/analysis is of ${checkpoint.file}, and the run has gone on to ${newest}`,
      other: true,
    };
  }
  const [lacking] = Object.values(stored.lacking);
  return lacking === undefined ? undefined : { reason: lacking, other: false };
}

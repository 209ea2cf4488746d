/**
 * Loading or computing the analysis of a run.
 *
 * @module
 */
import { analyseRun } from "../analysis/run/analyse_run.ts";
import { readAnalysis } from "../analysis/run/files.ts";
import type { AnalysisPart, RunAnalysis } from "../analysis/run/run_analysis.ts";
import { InputError } from "../core/errors.ts";
import { sha256OfFile } from "../engine/install/checksum.ts";
import { checkpointsIn } from "../runs/run_folder.ts";

/** Result of {@linkcode analysisOf}. */
export interface FoundAnalysis {
  /** The analysis. */
  readonly analysis?: RunAnalysis;
  /** Reason why the analysis is absent or incomplete. */
  readonly missing?: string;
}

/** Options of {@linkcode analysisOf}. */
export interface AnalysisOfOptions {
  /** Folder of the data, or `builtin`. */
  readonly folder?: string;
  /** Called after each computed part. */
  readonly onPart?: (part: AnalysisPart) => void;
}

/**
 * Reads the analysis of a run. If there is none, or it is incomplete or of another checkpoint or version, computes it,
 * provided that checkpoint and data are available.
 *
 * @param path The run folder.
 * @param options Data folder, callback.
 * @returns The analysis, or the reason why there is none.
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
    // An incomplete analysis of the same checkpoint is still usable.
    const usable = stored && !(stored instanceof Error) && !wrong.other;
    return {
      analysis: usable ? stored : undefined,
      missing: `${wrong.reason}, and it cannot be computed now. ${error.message}`,
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
      reason: `${path}/analysis is of ${checkpoint.file}, and the run has continued to ${newest}`,
      other: true,
    };
  }
  const [lacking] = Object.values(stored.lacking);
  return lacking === undefined ? undefined : { reason: lacking, other: false };
}

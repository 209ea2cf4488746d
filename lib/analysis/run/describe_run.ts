/**
 * Provenance of an analysis.
 *
 * @module
 */
import { PROGRAM } from "../../core/program.ts";
import type { EvaluationSet } from "../../data/dataset.ts";
import { GROUP_THRESHOLDS } from "../../data/groups.ts";
import { datasetDigest, sha256 } from "../../data/digest.ts";
import { engine } from "../../engine/engine.ts";
import { sha256OfFile } from "../../engine/install/checksum.ts";
import type { OpenedRun } from "../../runs/open_run.ts";
import { versions } from "../../runs/versions.ts";
import { FORMAT } from "./files.ts";
import type { AnalysisRecord } from "./run_analysis.ts";

/** Options of {@linkcode describeRun}. */
export interface DescribeRunOptions extends Pick<AnalysisRecord, "tap" | "thresholds"> {
  /** Folder of the data as given by the caller. */
  readonly folder?: string;
  /** Evaluation set as given by the caller. */
  readonly split?: EvaluationSet;
}

/**
 * Describes everything that the results of an analysis depend on, with a checksum.
 *
 * @param path The run folder.
 * @param run The opened run.
 * @param options Data folder, evaluation set, tap, thresholds.
 * @returns The content of `analysis.json`, without the missing parts.
 */
export async function describeRun(
  path: string,
  run: OpenedRun,
  { folder, split, tap, thresholds }: DescribeRunOptions,
): Promise<Omit<AnalysisRecord, "missing">> {
  const { recipe, seed, step, counts, groupThresholds, data: { test, evaluatedOn } } = run;
  const checkpoint = {
    file: run.checkpoint.replace(/^.*\//, ""),
    sha256: await sha256OfFile(run.checkpoint),
  };
  const data = {
    name: test.name,
    images: test.labels.length,
    evaluatedOn,
    sha256: await datasetDigest(test),
  };
  const running = await engine();
  const made = versions(running);
  const log = await sha256OfFile(`${path}/metrics.csv`).catch(() => null);
  const inputs = sha256(JSON.stringify([
    FORMAT,
    made.toolkit,
    checkpoint.sha256,
    data.sha256,
    counts,
    tap,
    thresholds,
    log,
    // Default thresholds are omitted so that analyses of earlier versions, which supported no others, stay valid.
    ...(`${groupThresholds}` === `${GROUP_THRESHOLDS}` ? [] : [groupThresholds]),
  ]));
  const { severe, negligible } = thresholds;
  const command = [
    `${PROGRAM} analyse ${path}`,
    ...(folder === undefined ? [] : [`--data ${folder}`]),
    ...(split === undefined ? [] : [`--split ${split}`]),
    ...(tap === "embedding" ? [] : [`--tap ${tap}`]),
    ...(severe === 0.2 && negligible === 0.05 ? [] : [`--thresholds ${severe},${negligible}`]),
  ].join(" ");
  return {
    format: FORMAT,
    command,
    inputs,
    recipe,
    seed,
    step,
    checkpoint,
    data,
    tap,
    thresholds,
    versions: made,
    engine: { backend: running.backend, device: running.device },
  };
}

/**
 * What the numbers of an analysis depend on.
 *
 * @module
 */
import type { EvaluationSet } from "../../data/dataset.ts";
import { GROUP_BORDERS } from "../../data/groups.ts";
import { datasetDigest, sha256 } from "../../data/digest.ts";
import { engine } from "../../engine/engine.ts";
import { sha256OfFile } from "../../engine/install/checksum.ts";
import type { OpenedRun } from "../../train/open_run.ts";
import { versions } from "../../train/versions.ts";
import { FORMAT } from "./files.ts";
import type { AnalysisRecord } from "./run_analysis.ts";

/** Options of {@linkcode describeRun}. */
export interface DescribeRunOptions extends Pick<AnalysisRecord, "tap" | "thresholds"> {
  /** Where the data was looked for. */
  readonly folder?: string;
  /** The set to evaluate on that was asked for. */
  readonly split?: EvaluationSet;
}

/**
 * Says everything that decides the numbers, and a checksum of it.
 *
 * @param path A run folder.
 * @param run The run, opened.
 * @param options Where the data was looked for, the set asked for, tap, thresholds.
 * @returns What `analysis.json` holds, but for the parts that are missing.
 */
export async function describeRun(
  path: string,
  run: OpenedRun,
  { folder, split, tap, thresholds }: DescribeRunOptions,
): Promise<Omit<AnalysisRecord, "missing">> {
  const { recipe, seed, step, counts, borders, data: { test, evaluatedOn } } = run;
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
    // Analyses of earlier versions, which had no others, stay what they are.
    ...(`${borders}` === `${GROUP_BORDERS}` ? [] : [borders]),
  ]));
  const { severe, negligible } = thresholds;
  const command = [
    `deno task analyse ${path}`,
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

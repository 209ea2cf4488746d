/**
 * The files of an analysis.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";
import { readableJson } from "./readable_json.ts";
import { pathTable } from "../../data/paths.ts";
import { writeAtomically } from "../../core/write_atomically.ts";
import type { PositionMap } from "../upsample.ts";
import { upsample } from "../upsample.ts";
import {
  ANALYSIS_PARTS,
  type AnalysisPart,
  type AnalysisRecord,
  type AttentionExample,
  type AttentionPart,
  type FeaturesPart,
  type RunAnalysis,
  type WeightsPart,
} from "./run_analysis.ts";

/** Version of the file format; other versions are rejected. */
export const FORMAT = 1;

/** Returns the folder of a run's analysis. */
export function analysisFolder(run: string): string {
  return `${run.replace(/\/+$/, "")}/analysis`;
}

/** Attention examples as stored: maps at the resolution of the feature, images in separate files. */
export interface StoredAttention {
  /** Height and width of the images. */
  readonly size: readonly [height: number, width: number];
  /** Class names. */
  readonly classNames: readonly string[];
  /** The examples, each with the name of its image file. */
  readonly examples: readonly (AttentionExample & { readonly image: string })[];
}

/**
 * Writes one part of an analysis.
 *
 * @param folder The folder of the analysis.
 * @param part Name of the part.
 * @param inputs Checksum of the inputs it was computed from.
 * @param content The content of the part.
 * @throws {CheckpointError} If the folder is not writable.
 */
export async function writePart(
  folder: string,
  part: AnalysisPart | "analysis",
  inputs: string,
  content: object,
): Promise<void> {
  await writeAtomically(`${folder}/${part}.json`, readableJson({ inputs, ...content }));
}

/**
 * Checks whether a part exists and was computed from the given inputs.
 *
 * @param folder The folder of the analysis.
 * @param part Name of the part.
 * @param inputs Expected checksum of the inputs.
 */
export async function hasPart(
  folder: string,
  part: AnalysisPart,
  inputs: string,
): Promise<boolean> {
  const found = await readJson(`${folder}/${part}.json`).catch(() => undefined);
  return found?.inputs === inputs;
}

/**
 * Reads the analysis of a run; needs neither the network nor the data.
 *
 * @param run The run folder.
 * @returns The analysis, or `undefined` if there is none.
 * @throws {DataError} If it is damaged or has another format version.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readAnalysis } from "@nbn/toolkit/analysis";
 *
 * const folder = await Deno.makeTempDir();
 * assertEquals(await readAnalysis(folder), undefined);
 * await Deno.remove(folder);
 * ```
 */
export async function readAnalysis(run: string): Promise<RunAnalysis | undefined> {
  const folder = analysisFolder(run);
  const record = await readJson(`${folder}/analysis.json`) as AnalysisRecord | undefined;
  if (record === undefined) return undefined;
  if (record.format !== FORMAT) {
    throw new DataError(
      `Expected an analysis of format ${FORMAT} in ${folder} but found ${record.format}, ` +
        `of another version: analyse the run again`,
    );
  }
  const { inputs, missing, data, versions, engine } = record;
  const isRecord = (found: unknown) => typeof found === "object" && found !== null;
  if (typeof inputs !== "string" || ![missing, data, versions, engine].every(isRecord)) {
    throw damaged(`${folder}/analysis.json`, { message: "fields of another kind" });
  }
  const lacking: Partial<Record<AnalysisPart, string>> = {};
  const parts: Record<string, unknown> = {};
  for (const part of ANALYSIS_PARTS) {
    if (record.missing[part] !== undefined) continue;
    const file = `${folder}/${part}.json`;
    const found = await readJson(file);
    if (found?.inputs !== record.inputs) {
      lacking[part] = found === undefined
        ? `there is no ${file}`
        : `${file} belongs to another analysis`;
      continue;
    }
    const { inputs: _, ...content } = found;
    try {
      parts[part] = restored(folder, part, content);
    } catch (cause) {
      throw damaged(file, cause);
    }
  }
  return { record, lacking, ...parts };
}

/** Restores typed arrays from the lists in JSON. */
function restored(folder: string, part: AnalysisPart, content: Record<string, unknown>): unknown {
  switch (part) {
    case "features": {
      const { statistics, variances } = content as unknown as FeaturesPart;
      const { mean, deviation, variance } = statistics;
      const list = (values: ArrayLike<number>) => Float64Array.from(values);
      return {
        statistics: { mean: list(mean), deviation: list(deviation), variance: list(variance) },
        variances,
      } satisfies FeaturesPart;
    }
    case "weights": {
      const { curve, ...others } = content as unknown as WeightsPart;
      return {
        curve: { ...curve, weights: Float32Array.from(curve.weights) },
        ...others,
      } satisfies WeightsPart;
    }
    case "attention":
      return restoredAttention(folder, content as unknown as StoredAttention);
    default:
      return content;
  }
}

function restoredAttention(
  folder: string,
  { size, classNames, examples }: StoredAttention,
): AttentionPart {
  const enlarged = (map: PositionMap) =>
    upsample({ ...map, values: Float32Array.from(map.values) }, ...size);
  return {
    images: {
      name: "attention examples",
      classNames,
      labels: Int32Array.from(examples, ({ label }) => label),
      shape: [...size, 3],
      // Identity normalisation, so that pixel values are those of the files.
      mean: [0, 0, 0],
      std: [1, 1, 1],
      images: {
        kind: "files",
        paths: pathTable(examples.map(({ image }) => image), folder),
        fit: "stretch",
      },
    },
    examples: examples.map(({ image: _, ...example }) => ({
      ...example,
      frequent: enlarged(example.frequent),
      rare: enlarged(example.rare),
      all: enlarged(example.all),
    })),
  };
}

async function readJson(file: string): Promise<Record<string, unknown> | undefined> {
  let text: string;
  try {
    text = await Deno.readTextFile(file);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) return undefined;
    throw damaged(file, cause);
  }
  try {
    const content = JSON.parse(text);
    if (typeof content !== "object" || content === null) throw new TypeError("no record");
    return content;
  } catch (cause) {
    throw damaged(file, cause);
  }
}

function damaged(file: string, cause: unknown): DataError {
  return new DataError(
    `Expected ${file} to be part of an analysis but found: ${(cause as Error).message}; ` +
      `analyse the run again`,
    { cause },
  );
}

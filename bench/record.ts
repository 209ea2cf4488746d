/**
 * Benchmark results as records for CSV and JSON.
 *
 * @module
 */
import { UsageError } from "../lib/core/errors.ts";
import { csv } from "../lib/deps/csv.ts";
import { writeAtomically } from "../lib/core/write_atomically.ts";
import type { CaseResult } from "./rounds.ts";

/** Result of one contender in one case. */
export interface BenchRecord {
  /** Name of the subject. */
  readonly subject: string;
  /** Name of the case. */
  readonly case: string;
  /** Name of the contender; `ours` is this project. */
  readonly contender: string;
  /** Name and version of the framework that computed. */
  readonly framework: string;
  /** Unit of the measurement: `s` (seconds) or `B` (bytes). */
  readonly unit: string;
  /** Median over the rounds; `null` if the contender failed. */
  readonly median: number | null;
  /** Minimum over the rounds; `null` if the contender failed. */
  readonly least: number | null;
  /** Maximum over the rounds; `null` if the contender failed. */
  readonly most: number | null;
  /** Number of rounds measured. */
  readonly rounds: number;
  /** Ratio of ours to this contender, median over the rounds; `null` for ours, or if the contender failed. */
  readonly ratio: number | null;
  /** Upper bound aimed at for the ratio; `null` except for the best peer. */
  readonly target: number | null;
  /** Further information, or why the contender failed. */
  readonly remark: string;
}

const COLUMNS = [
  "subject",
  "case",
  "contender",
  "framework",
  "unit",
  "median",
  "least",
  "most",
  "rounds",
  "ratio",
  "target",
  "remark",
  "machine",
] as const;

/**
 * Converts the result of a case to records.
 *
 * @param subject Name of its subject.
 * @param result Result of the case.
 * @returns One for each contender, ours first.
 */
export function recordsOf(subject: string, result: CaseResult): BenchRecord[] {
  const { case: { name, unit, target }, ours, peers, best } = result;
  return [ours, ...peers].map((contender) => {
    const { values } = contender;
    const some = values.length > 0;
    return {
      subject,
      case: name,
      contender: contender.name,
      framework: contender.framework,
      unit,
      median: some ? contender.median : null,
      least: some ? Math.min(...values) : null,
      most: some ? Math.max(...values) : null,
      rounds: values.length,
      ratio: some && contender !== ours ? contender.ratio : null,
      target: contender === best ? target ?? null : null,
      remark: contender.remark,
    };
  });
}

/**
 * Writes records as CSV.
 *
 * @param path Path of the file; its folder is created if needed.
 * @param records The records.
 * @param machine Description of the machine, the same in every row.
 * @throws {InputError} If it cannot be written.
 */
export async function writeRecords(
  path: string,
  records: readonly BenchRecord[],
  machine: string,
): Promise<void> {
  const { stringify } = await csv();
  const folder = path.replace(/[^/\\]*$/, "") || ".";
  try {
    await Deno.mkdir(folder, { recursive: true });
  } catch (cause) {
    throw new UsageError(`Expected to write to ${folder} but failed: ${(cause as Error).message}`, {
      cause,
    });
  }
  const rows = records.map((record) => ({ ...record, machine }));
  await writeAtomically(path, stringify(rows, { columns: [...COLUMNS] }));
}

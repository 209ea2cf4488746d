/**
 * Results of a benchmark as records, for CSV and JSON.
 *
 * @module
 */
import { UsageError } from "../../core/errors.ts";
import { csv } from "../../deps/csv.ts";
import { writeWhole } from "../../train/write_whole.ts";
import type { CaseResult } from "./rounds.ts";

/** One contender in one case. */
export interface BenchRecord {
  /** Name of the subject. */
  readonly subject: string;
  /** Name of the case. */
  readonly case: string;
  /** Name of the contender; `ours` is this project. */
  readonly contender: string;
  /** What computed, with its version. */
  readonly framework: string;
  /** `s` or `B`. */
  readonly unit: string;
  /** Median over the rounds; `null` if it failed, as the next two. */
  readonly median: number | null;
  /** The least of the rounds. */
  readonly least: number | null;
  /** The most of the rounds. */
  readonly most: number | null;
  /** Rounds measured. */
  readonly rounds: number;
  /** Ours divided by this contender, median over the rounds. */
  readonly ratio: number | null;
  /** Largest ratio aimed at; only with the best peer. */
  readonly target: number | null;
  /** What else was told. */
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
 * The records of a case.
 *
 * @param subject Name of its subject.
 * @param result What was measured.
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
 * @param path The file; its folder is made if needed.
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
  await writeWhole(path, stringify(rows, { columns: [...COLUMNS] }));
}

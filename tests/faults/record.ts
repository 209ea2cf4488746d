/**
 * What injected faults have shown, a row of a CSV file for each subject and fault.
 *
 * @module
 */
import { writeAtomically } from "../../lib/core/write_atomically.ts";
import { csv } from "../../lib/deps/csv.ts";

/** Faults of one kind in one subject. */
export interface FaultRow {
  /** Name of the subject. */
  readonly subject: string;
  /** What was injected. */
  readonly fault: string;
  /** When: `random moments` or `every write`. */
  readonly when: string;
  /** Faults injected. */
  readonly injected: number;
  /** Those in the middle of a file. */
  readonly midway: number;
  /** Those after which the toolkit asked to write again what was there. */
  readonly refused: number;
  /** Things lost, damaged or left behind. */
  readonly problems: number;
  /** Processor, memory and platform. */
  readonly machine: string;
}

/** The record of this project. */
export const RECORD = new URL("../../data/results/faults.csv", import.meta.url);

const COLUMNS = [
  ...["subject", "fault", "when", "injected", "midway", "refused", "problems", "machine"],
] as const;

/**
 * Reads a record.
 *
 * @param file The file, which need not exist.
 * @returns Its rows.
 */
export async function readRecord(file: URL): Promise<FaultRow[]> {
  const text = await Deno.readTextFile(file).catch(() => COLUMNS.join());
  const { parse } = await csv();
  const rows = parse(text, { skipFirstRow: true }) as Record<keyof FaultRow, string>[];
  return rows.map(({ injected, midway, refused, problems, ...texts }) => ({
    ...texts,
    injected: Number(injected),
    midway: Number(midway),
    refused: Number(refused),
    problems: Number(problems),
  }));
}

/**
 * Adds a row to a record, or replaces the one of the same subject and fault.
 *
 * @param file The file.
 * @param row The row.
 */
export async function addRow(file: URL, row: FaultRow): Promise<void> {
  const key = ({ subject, fault, when }: FaultRow) => `${subject}, ${fault}, ${when}`;
  const rows = (await readRecord(file)).filter((other) => key(other) !== key(row));
  const { stringify } = await csv();
  const all = [...rows, row].map((row) => ({ ...row }));
  await writeAtomically(file.pathname, stringify(all, { columns: [...COLUMNS] }));
}

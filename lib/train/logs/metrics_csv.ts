/**
 * The log file `metrics.csv`: one row per step, with numbers of seven significant digits.
 *
 * @module
 */
import { CheckpointError } from "../../core/errors.ts";
import { csv } from "../../deps/csv.ts";
import type { LogFile, LogRecord } from "./log_file.ts";
import { writeAtomically } from "../../core/write_atomically.ts";

/** Number of rows to buffer before writing. */
const BUFFERED = 50;

/** Significant digits of non-integers, about the precision of float32. */
const DIGITS = 7;

/**
 * Opens `metrics.csv` in a run folder.
 *
 * @param folder The existing run folder.
 * @param newColumns Columns in order, `step` first; columns of an existing file come before new ones.
 * @param resumeAt Step from which training resumes: rows of later steps, which a killed run may have left, are dropped;
 * 0 starts a new file.
 * @param evaluation An evaluation of the step from which training resumes, for its row.
 * @returns The log; evaluations are merged into the row of their step.
 * @throws {CheckpointError} If the file cannot be written.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * const log = await metricsCsv(folder, ["step", "loss", "all"]);
 * log.step({ step: 1, loss: 0.5 });
 * log.evaluation({ step: 1, all: 80 });
 * await log.close();
 * assertEquals(await Deno.readTextFile(`${folder}/metrics.csv`), "step,loss,all\r\n1,0.5,80\r\n");
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function metricsCsv(
  folder: string,
  newColumns: readonly string[],
  resumeAt = 0,
  evaluation?: LogRecord,
): Promise<LogFile> {
  const path = `${folder}/metrics.csv`;
  const { stringify } = await csv();
  const { header, records } = await earlier(path, resumeAt);
  // Columns may differ between stages.
  const columns = [...new Set([...header, ...newColumns])];
  const last = records.at(-1);
  if (evaluation && Number(last?.step) === evaluation.step) {
    records[records.length - 1] = { ...last, ...rounded(evaluation) };
  }
  const text = (records: readonly object[], headers: boolean) =>
    stringify(records as Record<string, unknown>[], { columns, headers });
  await writeAtomically(path, text(records, true));

  let rows: Record<string, number | null>[] = [];
  let writing = Promise.resolve();
  const write = () => {
    const added = text(rows, false);
    rows = [];
    return writing = writing.then(() => append(path, added));
  };
  return {
    step(record) {
      if (rows.length >= BUFFERED) write().catch(() => {});
      rows.push(rounded(record));
    },
    evaluation(record) {
      const row = rows[rows.length - 1];
      if (row?.step === record.step) Object.assign(row, rounded(record));
      else rows.push(rounded(record));
    },
    flush: write,
    close: write,
  };
}

/** Reads the rows of an interrupted run, up to the step from which it resumes. */
async function earlier(
  path: string,
  resumeAt: number,
): Promise<{ header: readonly string[]; records: LogRecord[] }> {
  const nothing = { header: [], records: [] };
  if (resumeAt === 0) return nothing;
  const text = await Deno.readTextFile(path).catch(() => undefined);
  if (text === undefined) return nothing;
  const { parse } = await csv();
  // A killed run may have left an incomplete last line.
  const complete = text.slice(0, text.lastIndexOf("\n") + 1);
  let header: string[], rows: string[][];
  try {
    [header = [], ...rows] = parse(complete) as string[][];
  } catch (cause) {
    throw notALog(path, (cause as Error).message, cause);
  }
  if (header.length > 0 && header[0] !== "step") throw notALog(path, `the column "${header[0]}"`);
  const records = rows
    .filter(([step]) => Number(step) <= resumeAt)
    .map((row) => Object.fromEntries(row.map((value, i) => [header[i], value]))) as never;
  return { header, records };
}

function notALog(path: string, found: string, cause?: unknown): CheckpointError {
  return new CheckpointError(
    `Expected ${path} to be the log of the run but found ${found}: move it away`,
    { cause },
  );
}

function rounded(record: LogRecord): Record<string, number | null> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [
      name,
      value === null || Number.isInteger(value) ? value : Number(value.toPrecision(DIGITS)),
    ]),
  );
}

async function append(path: string, text: string): Promise<void> {
  if (text === "") return;
  try {
    await Deno.writeTextFile(path, text, { append: true });
  } catch (cause) {
    throw new CheckpointError(`Expected to write ${path} but failed: ${(cause as Error).message}`, {
      cause,
    });
  }
}

/**
 * Reading a run's `metrics.csv`.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import { csv } from "../deps/csv.ts";

/** The columns of `metrics.csv`, each with one value per row; `null` for an empty field. */
export interface Metrics {
  /** Step of each row, starting at 1. */
  readonly step: readonly number[];
  /** All columns keyed by name, including `step`: `loss`, `learningRate`, `magnitude:<path>`, `all` … */
  readonly columns: Readonly<Record<string, readonly (number | null)[]>>;
}

/**
 * Reads the training log of a run.
 *
 * @param path Path of a run folder or of a `metrics.csv`.
 * @returns The columns of the log.
 * @throws {DataError} If the file cannot be read or is not a valid log.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readMetrics } from "@nbn/toolkit/analysis";
 *
 * const folder = await Deno.makeTempDir();
 * await Deno.writeTextFile(`${folder}/metrics.csv`, "step,loss,all\r\n1,0.5,\r\n2,0.25,80\r\n");
 * const { step, columns } = await readMetrics(folder);
 * assertEquals([step, columns.loss, columns.all], [[1, 2], [0.5, 0.25], [null, 80]]);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export async function readMetrics(path: string): Promise<Metrics> {
  const found = await Deno.stat(path).catch(() => undefined);
  const file = found?.isDirectory ? `${path}/metrics.csv` : path;
  let text: string;
  try {
    text = await Deno.readTextFile(file);
  } catch (cause) {
    throw new DataError(
      `Expected the log of a run at ${file} but could not read it: ${(cause as Error).message}`,
      { cause },
    );
  }
  // A run that is still training, or was killed, may have written an incomplete last line.
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const { parse } = await csv();
  let header: string[], rows: string[][];
  try {
    [header = [], ...rows] = parse(whole) as string[][];
  } catch (cause) {
    throw notAMetricsFile(file, (cause as Error).message, cause);
  }
  if (header[0] !== "step") throw notAMetricsFile(file, `the first column is "${header[0] ?? ""}"`);
  const columns = Object.fromEntries(
    header.map((name, index) => [
      name,
      rows.map((row, i) => {
        const value = row[index] === "" ? null : Number(row[index]);
        if (!Number.isNaN(value)) return value;
        throw notAMetricsFile(file, `"${row[index]}" in column ${name} of row ${i + 1}`);
      }),
    ]),
  );
  return { step: columns.step as number[], columns };
}

function notAMetricsFile(file: string, found: string, cause?: unknown): DataError {
  return new DataError(`Expected ${file} to be the metrics.csv of a run but found: ${found}`, {
    cause,
  });
}

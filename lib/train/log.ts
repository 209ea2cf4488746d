/**
 * What a run's log files are to the training: somewhere to put a row.
 *
 * @module
 */

/** One row: a value for each column that has one. */
export type LogRecord = Readonly<Record<string, number | null>>;

/** Options of an {@linkcode OpenLogs} function. */
export interface LogOptions {
  /**
   * Step that a resumed training goes on from: rows of later steps, which a killed run may have left, are
   * dropped.
   *
   * @default {0, which starts new files}
   */
  readonly resumeAt?: number;
}

/** Log files of a run. Every record has the column `step`. */
export interface RunLogs {
  /** Adds the record of a training step. */
  step(record: LogRecord): void;
  /** Adds the record of an evaluation; it shares its step's row. */
  evaluation(record: LogRecord): void;
  /** Brings what was added to the disk: called before a checkpoint counts as written. */
  flush(): Promise<void>;
  /** Writes what is left and closes the files. */
  close(): Promise<void>;
}

/**
 * Opens the log files of a run folder.
 *
 * @param folder The run folder, which exists.
 * @param columns Columns of `metrics.csv` in order, `step` first.
 */
export type OpenLogs = (
  folder: string,
  columns: readonly string[],
  options?: LogOptions,
) => Promise<RunLogs>;

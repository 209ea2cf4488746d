/**
 * Interface of a run's log files.
 *
 * @module
 */

/** One row of a log; columns without a value are missing. */
export type LogRecord = Readonly<Record<string, number | null>>;

/** Options of an {@linkcode OpenLogs} function. */
export interface LogOptions {
  /**
   * Step from which training resumes: rows of later steps, which a killed run may have left, are dropped.
   *
   * @default {0, which starts new files}
   */
  readonly resumeAt?: number;
}

/** Log files of a run. Every record has the column `step`. */
export interface RunLogs {
  /** Adds the record of a training step. */
  step(record: LogRecord): void;
  /** Adds the record of an evaluation to the row of its step. */
  evaluation(record: LogRecord): void;
  /** Writes the pending rows to disk; called before a checkpoint is saved. */
  flush(): Promise<void>;
  /** Writes the pending rows and closes the files. */
  close(): Promise<void>;
}

/**
 * Opens the log files of a run folder.
 *
 * @param folder The existing run folder.
 * @param columns Columns of `metrics.csv` in order, `step` first.
 */
export type OpenLogs = (
  folder: string,
  columns: readonly string[],
  options?: LogOptions,
) => Promise<RunLogs>;

/**
 * Interface of a log file of a run.
 *
 * @module
 */

/** One row of a log; columns without a value are missing. */
export type LogRecord = Readonly<Record<string, number | null>>;

/** A log file. Every record has the column `step`. */
export interface LogFile {
  /** Adds the record of a training step. */
  step(record: LogRecord): void;
  /** Adds the record of an evaluation to the row of its step. */
  evaluation(record: LogRecord): void;
  /** Writes the pending rows to disk; called before a checkpoint is saved. */
  flush(): Promise<void>;
  /** Writes the pending rows and closes the file. */
  close(): Promise<void>;
}

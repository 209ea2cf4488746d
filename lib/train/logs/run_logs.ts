/**
 * The logs of a run: `metrics.csv`, and TensorBoard events on the TensorFlow backend.
 *
 * @module
 */
import type { EvaluationEvent } from "../../loop/progress.ts";
import type { StepReport } from "../../loop/step_report.ts";
import type { LogFile, LogRecord } from "./log_file.ts";
import { metricsCsv } from "./metrics_csv.ts";
import { tensorBoardEvents } from "./tensorboard.ts";

/** The log files of a run, which are opened at the first step. */
export interface RunLogs {
  /**
   * Adds a step: number of its stage from 1, loss, learning rate, every magnitude g, and the gradient ĝ with its sign
   * for every NBN vector.
   */
  step(step: number, report: StepReport, learningRate: number, stage: number): Promise<void>;
  /** Adds an evaluation. */
  evaluation(event: EvaluationEvent): void;
  /** Writes the pending rows to disk. */
  flush(): Promise<void>;
  /** Writes the pending rows and closes the files. */
  close(): Promise<void>;
}

/** Columns of evaluations. */
const EVALUATION = [
  ...["all", "mean", "head", "medium", "tail"],
  ...["testLoss", "macroF1", "calibrationError"],
];

/**
 * Prepares the logs of a run.
 *
 * @param folder The existing run folder.
 * @param resumeAt Step from which the run resumes.
 * @returns The logs; they throw a `CheckpointError` if a file cannot be written.
 */
export function runLogs(folder: string, resumeAt: number): RunLogs {
  let files: readonly LogFile[] = [], repeated: LogRecord | undefined;
  const inAll = async (action: (file: LogFile) => Promise<void>) => {
    await Promise.all(files.map(action));
  };
  return {
    async step(step, report, learningRate, stage) {
      const { loss, ...rest } = report;
      const record: Record<string, number> = { step, stage, loss, learningRate, ...rest };
      for (const [name, value] of Object.entries(rest)) {
        const path = /^gradient:(.*)/.exec(name)?.[1];
        if (path) record[`sign:${path}`] = Math.sign(value);
      }
      if (files.length === 0) {
        const columns = [...Object.keys(record), ...EVALUATION];
        files = await openFiles(folder, columns, resumeAt, repeated);
      }
      for (const file of files) file.step(record);
    },
    evaluation({ step, stage, evaluation }) {
      const { all, mean, head, medium, tail } = evaluation;
      const { loss: testLoss, macroF1, calibrationError } = evaluation;
      const accuracies = { all, mean, head, medium, tail };
      const record = { step, stage, ...accuracies, testLoss, macroF1, calibrationError };
      // That of the step before a resumed training, which was interrupted.
      if (files.length === 0) repeated = record;
      for (const file of files) file.evaluation(record);
    },
    flush: () => inAll((file) => file.flush()),
    async close() {
      if (files.length === 0 && repeated) {
        files = await openFiles(folder, Object.keys(repeated), resumeAt, repeated);
      }
      await inAll((file) => file.close());
    },
  };
}

async function openFiles(
  folder: string,
  columns: readonly string[],
  resumeAt: number,
  repeated?: LogRecord,
): Promise<readonly LogFile[]> {
  // In this order, because an error in the second would leave the first open, and only metrics.csv is written at once.
  const metrics = await metricsCsv(folder, columns, resumeAt, repeated);
  const events = await tensorBoardEvents(folder);
  if (repeated) events?.evaluation(repeated);
  return [metrics, ...(events ? [events] : [])];
}

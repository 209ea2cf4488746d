/**
 * Logging steps and evaluations of a run.
 *
 * @module
 */
import type { LogRecord, RunLogs } from "./logs/log.ts";
import { openLogs } from "./logs/mod.ts";
import type { EvaluationEvent } from "../loop/progress.ts";
import type { StepReport } from "../loop/step.ts";

/** The logs of a run, which are opened at the first row. */
export interface RunLogWriter {
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

const EVALUATION = [
  ...["all", "mean", "head", "medium", "tail"],
  ...["testLoss", "macroF1", "calibrationError"],
];

/**
 * Prepares the logs of a run.
 *
 * @param folder The run folder.
 * @param resumeAt Step from which the run resumes.
 * @returns The writer.
 */
export function runLogs(folder: string, resumeAt: number): RunLogWriter {
  let logs: RunLogs | undefined;
  return {
    async step(step, report, learningRate, stage) {
      const { loss, ...rest } = report;
      const record: Record<string, number> = { step, stage, loss, learningRate, ...rest };
      for (const [name, value] of Object.entries(rest)) {
        const path = /^gradient:(.*)/.exec(name)?.[1];
        if (path) record[`sign:${path}`] = Math.sign(value);
      }
      logs ??= await openLogs(folder, [...Object.keys(record), ...EVALUATION], { resumeAt });
      logs.step(record);
    },
    evaluation({ step, stage, evaluation }) {
      const { loss, macroF1, calibrationError, ...accuracies } = evaluation;
      const { all, mean, head, medium, tail } = accuracies;
      const record: LogRecord = {
        step,
        stage,
        all,
        mean,
        head,
        medium,
        tail,
        testLoss: loss,
        macroF1,
        calibrationError,
      };
      logs?.evaluation(record);
    },
    flush: async () => await logs?.flush(),
    close: async () => await logs?.close(),
  };
}

/**
 * The columns of a classifier's evaluation in the logs.
 *
 * @module
 */
import type { EvaluationEvent } from "../../loop/progress.ts";
import type { LogRecord } from "./log_file.ts";

/** Columns of evaluations. */
export const EVALUATION_COLUMNS: readonly string[] = [
  ...["all", "mean", "head", "medium", "tail"],
  ...["testLoss", "macroF1", "calibrationError"],
];

/**
 * Returns the record of an evaluation.
 *
 * @param event The evaluation.
 * @returns Step, stage and the columns of {@linkcode EVALUATION_COLUMNS}.
 */
export function evaluationRecord({ step, stage, evaluation }: EvaluationEvent): LogRecord {
  const { all, mean, head, medium, tail } = evaluation;
  const { loss: testLoss, macroF1, calibrationError } = evaluation;
  return { step, stage, all, mean, head, medium, tail, testLoss, macroF1, calibrationError };
}

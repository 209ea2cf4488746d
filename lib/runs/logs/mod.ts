/**
 * The log files of a run.
 *
 * @module
 */
import type { OpenLogs } from "./log.ts";
import { metricsCsv } from "./metrics_csv.ts";
import { tensorBoardEvents } from "./tensorboard.ts";

/**
 * Opens all log files of a run folder: `metrics.csv`, and TensorBoard events on the TensorFlow backend.
 *
 * @param folder The existing run folder.
 * @param columns Columns of `metrics.csv` in order, `step` first.
 * @param options Step from which training resumes.
 * @returns The logs.
 * @throws {CheckpointError} If a file cannot be written.
 */
export const openLogs: OpenLogs = async (folder, columns, options) => {
  const events = await tensorBoardEvents(folder);
  const logs = [await metricsCsv(folder, columns, options), ...(events ? [events] : [])];
  return {
    step: (record) => logs.forEach((log) => log.step(record)),
    evaluation: (record) => logs.forEach((log) => log.evaluation(record)),
    flush: async () => void await Promise.all(logs.map((log) => log.flush())),
    close: async () => void await Promise.all(logs.map((log) => log.close())),
  };
};

/**
 * Reports: one page that compares runs.
 *
 * @module
 */
export { type MissingPart, type Report, report, type ReportOptions } from "./report.ts";

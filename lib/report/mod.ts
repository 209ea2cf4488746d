/**
 * Reports: a single page that compares runs.
 *
 * @module
 */
export type { MissingPart } from "./content.ts";
export { type Report, report, type ReportOptions } from "./report.ts";

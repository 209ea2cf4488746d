/**
 * Report section on missing parts.
 *
 * @module
 */
import { escaped } from "../../plots/draw.ts";
import { commandLine, paragraph } from "../html.ts";
import type { ReportSection } from "./section.ts";

/** Missing parts, each with the command that creates it. */
export const missing: ReportSection = {
  id: "missing",
  title: "Missing parts",
  elements: ({ missing }) =>
    missing.flatMap(({ run, reason, command }) => [
      `<h3>${escaped(run)}</h3>`,
      paragraph(reason),
      commandLine(command),
    ]),
};

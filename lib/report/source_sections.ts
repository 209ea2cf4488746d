/**
 * Report sections on missing parts and on provenance.
 *
 * @module
 */
import { escaped } from "../plots/draw.ts";
import { commandLine, paragraph, type Section, table } from "./html.ts";
import type { MissingPart, ReportContent } from "./content.ts";

/**
 * Creates the section on missing parts.
 *
 * @param missing The missing parts, each with the command that creates it.
 * @returns The section; empty if nothing is missing.
 */
export function missingSection(missing: readonly MissingPart[]): Section {
  return {
    id: "missing",
    title: "Missing parts",
    content: missing.flatMap(({ run, reason, command }) => [
      `<h3>${escaped(run)}</h3>`,
      paragraph(reason),
      commandLine(command),
    ]),
  };
}

/**
 * Creates the section on provenance: the runs with their settings, and the commands, checksums and versions of their
 * analyses.
 *
 * @param content Content of the report.
 * @returns The section.
 */
export function sourceSection({ groups }: ReportContent): Section {
  const runs = groups.flatMap(({ name, runs }) => runs.map((run) => ({ name, ...run })));
  const analysed = runs.filter(({ analysis }) => analysis !== undefined);
  return {
    id: "sources",
    title: "Sources",
    content: [
      table(
        ["Run", "Recipe", "Seed", "Steps", "Batch", "Precision", "Macro-F1", "Calibration error"],
        runs.map(({ path, name, seed, settings, summary, analysis }) => {
          const judged = summary ?? analysis?.accuracy;
          return [
            path,
            name,
            String(seed),
            settings.iterations.replace(" steps", ""),
            settings.batch.replace("batch ", ""),
            settings.precision,
            judged?.macroF1?.toFixed(1) ?? "–",
            judged?.calibrationError?.toFixed(3) ?? "–",
          ];
        }),
      ),
      ...analysed.flatMap(({ analysis }) => {
        const { command, checkpoint, data, versions } = analysis!.record;
        const made = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
        return [
          commandLine(command),
          `<p class="muted">${
            escaped(
              `${checkpoint.file} (SHA-256 ${checkpoint.sha256.slice(0, 12)}…), ` +
                `${data.images.toLocaleString("en")} images of ${data.name} ` +
                `(SHA-256 ${data.sha256.slice(0, 12)}…); ${made.join(", ")}.`,
            )
          }</p>`,
        ];
      }),
    ],
  };
}

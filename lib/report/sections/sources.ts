/**
 * Report section on provenance.
 *
 * @module
 */
import { commandLine, muted, table } from "../html.ts";
import type { ReportSection } from "./section.ts";

/** The runs with their settings, and the commands, checksums and versions of their analyses. */
export const sources: ReportSection = {
  id: "sources",
  title: "Sources",
  elements({ groups }) {
    const runs = groups.flatMap(({ name, runs }) => runs.map((run) => ({ name, ...run })));
    const analysed = runs.filter(({ analysis }) => analysis !== undefined);
    return [
      table(
        ["Run", "Recipe", "Seed", "Steps", "Batch", "Precision", "Macro-F1", "Calibration error"],
        runs.map(({ path, name, seed, iterations, batch, precision, summary, analysis }) => {
          const judged = summary ?? analysis?.accuracy;
          return [
            path,
            name,
            String(seed),
            String(iterations ?? "–"),
            String(batch ?? "–"),
            precision ?? "–",
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
          muted(
            `${checkpoint.file} (SHA-256 ${checkpoint.sha256.slice(0, 12)}…), ` +
              `${data.images.toLocaleString("en")} images of ${data.name} ` +
              `(SHA-256 ${data.sha256.slice(0, 12)}…); ${made.join(", ")}.`,
          ),
        ];
      }),
    ];
  },
};

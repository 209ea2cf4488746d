/**
 * Reports: a single self-contained page that compares runs.
 *
 * @example
 * ```ts
 * import { assertStringIncludes } from "@std/assert";
 * import { report } from "@nbn/toolkit/report";
 * import { train } from "@nbn/toolkit/train";
 *
 * const folder = await Deno.makeTempDir();
 * await train({ recipe: "builtin/ce", iterations: 1, batch: 4, out: `${folder}/run` });
 * const { html, save } = await report([`${folder}/run`]);
 * await save(`${folder}/report.html`);
 * assertStringIncludes(html, "builtin/ce");
 * await Deno.remove(folder, { recursive: true });
 * ```
 *
 * @module
 */
export type { MissingPart } from "./content.ts";
export { type Report, report, type ReportOptions } from "./report.ts";

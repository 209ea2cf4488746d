/**
 * `deno task report`: writes one page that compares runs.
 *
 * @module
 */
import { PROGRAM } from "../core/program.ts";
import { UsageError } from "../core/errors.ts";
import { report } from "../report/report.ts";
import type { Command } from "./command.ts";

const USAGE = `Usage: ${PROGRAM} report RUN… --to FILE.html [flags]

Writes one page that compares runs, with all figures in it: accuracy by group with mean ± deviation over
seeds, training curves, confusion, and the analyses of the paper. RUN is a run folder, or a folder that
holds some. Runs without an analysis are analysed first if checkpoint and data are available.
  --to FILE    the page to write
  --data DIR   folder of the images, or builtin; default: the runs'
  --help       this text`;

type Flags = { readonly [name: string]: string | boolean | undefined };

/** The command `report`. */
export const command: Command = {
  name: "report",
  usage: USAGE,
  flags: { to: { type: "string" }, data: { type: "string" } },
  positionals: true,
  run,
};

async function run(flags: Flags, runs: string[]): Promise<number> {
  const { to, data: folder } = flags as Record<string, string | undefined>;
  if (to === undefined || !/\.html?$/i.test(to)) {
    throw new UsageError(
      `Expected --to with a path that ends in .html but found ${to ? `"${to}"` : "none"}`,
    );
  }
  const { missing, save } = await report(runs, {
    folder,
    onPart: (path, part) => console.error(`${path}: ${part} analysed`),
  });
  await save(to);
  console.log(`${to}: ${((await Deno.stat(to)).size / 1e3).toFixed(0)} kB`);
  for (const { run, reason, command } of missing) {
    console.error(`${run}: ${reason}\n  ${command}`);
  }
  return 0;
}

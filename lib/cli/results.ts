/**
 * `deno task results`: writes the page of results beside the paper's.
 *
 * @module
 */
import { resultsPage } from "../report/results/page.ts";
import { writeAtomically } from "../core/write_atomically.ts";
import { execute } from "./command.ts";

const USAGE = `Usage: deno task results [--data DIR] [--to FILE]

Writes a page of finished runs beside the paper's numbers: mean and standard error over seeds, gains with
intervals, what agrees with the paper, what does not, and what has not been run.
  --data DIR   folder with paper.csv, experiments/*.json and results/ (data)
  --to FILE    where to (docs/results.md)
  --help       this text`;

const COMMAND = {
  name: "results",
  usage: USAGE,
  flags: { data: { type: "string" }, to: { type: "string" } },
  run,
} as const;

async function run({ data = "data", to = "docs/results.md" }: { data?: string; to?: string }) {
  await writeAtomically(to, await resultsPage(data));
  console.log(to);
  return 0;
}

/** Runs the command line with these arguments and returns its exit code. */
export function main(args: readonly string[]): Promise<number> {
  return execute(COMMAND, args);
}

if (import.meta.main) Deno.exit(await main(Deno.args));

/**
 * `deno task gallery`: draws the figures of docs/analysis.md.
 *
 * @module
 */
import { PROGRAM } from "../core/program.ts";
import { CheckpointError } from "../core/errors.ts";
import { gallery } from "../report/gallery.ts";
import type { Command } from "./command.ts";

const USAGE = `Usage: ${PROGRAM} gallery [RUN…] [--to DIR]

Draws a few small figures of analysed runs, each as NAME-light.svg and NAME-dark.svg.
RUN is a run folder, or a folder that holds some (data/results).
  --to DIR   where to (gallery)
  --help     this text`;

/** The command `gallery`. */
export const command: Command = {
  name: "gallery",
  usage: USAGE,
  flags: { to: { type: "string" } },
  positionals: true,
  run,
};

async function run(flags: { to?: string }, runs: string[]): Promise<number> {
  const { to = "gallery" } = flags;
  let bytes = 0;
  for (const figure of await gallery(runs.length > 0 ? runs : ["data/results"])) {
    for (const theme of ["light", "dark"] as const) {
      const path = `${to}/${figure.name}-${theme}.svg`;
      try {
        await figure.in(theme).save(path);
      } catch (cause) {
        throw new CheckpointError(
          `Expected to write ${path} but could not: ${(cause as Error).message}`,
          { cause },
        );
      }
      const { size } = await Deno.stat(path);
      bytes += size;
      console.log(`${path}  ${(size / 1e3).toFixed(1)} kB`);
    }
  }
  console.log(`Together ${(bytes / 1e3).toFixed(0)} kB`);
  return 0;
}

/**
 * `deno task setup`: installs TensorFlow's library into the cache, unless it is there.
 *
 * A failed installation exits with code 0 (1 with `--gpu`), so that dependent tasks still run, on a slower backend.
 *
 * @module
 */
import { PROGRAM } from "../core/program.ts";
import type { InstallProgress } from "../engine/install/install.ts";
import { setup } from "../engine/install/setup.ts";
import type { Command } from "./command.ts";
import { liveLine } from "./live_line.ts";

const USAGE = `Usage: ${PROGRAM} setup [--gpu]

Installs TensorFlow's library into the cache folder ($XDG_CACHE_HOME/nbn, else ~/.cache/nbn).
  --gpu   the build for NVIDIA GPUs (Linux x86-64, about 3.4 GB; not yet run on a GPU)
  --help  this text`;

/** The command `setup`. */
export const command: Command = {
  name: "setup",
  usage: USAGE,
  flags: { gpu: { type: "boolean" } },
  run: ({ gpu }: { gpu?: boolean }) => install(gpu ?? false),
};

async function install(gpu: boolean): Promise<number> {
  const progress = progressLines();
  const outcome = await setup({
    gpu,
    onProgress: progress.show,
    onNote: (note) => console.error(note),
  });
  progress.end();
  if (outcome.state === "ready") {
    const { version, source, folder } = outcome.location;
    const library = `TensorFlow${version ? ` ${version}` : ""}`;
    console.error(
      outcome.installed ? `Installed ${library} in ${folder}` : `${library} is ready (${source})`,
    );
    return 0;
  }
  console.error(unavailable(outcome.reason));
  return gpu ? 1 : 0;
}

/** Installs TensorFlow's library if it is missing; prints nothing if it is there. */
export async function ensureLibrary(): Promise<void> {
  const progress = progressLines();
  const outcome = await setup({
    onProgress: progress.show,
    onNote: (note) => console.error(note),
  });
  progress.end();
  if (outcome.state === "unavailable") console.error(unavailable(outcome.reason));
}

function unavailable(reason: string): string {
  return `TensorFlow's library was not installed: ${reason}. ` +
    "Everything still runs, on a slower backend.";
}

/** Shows progress: one status line on a terminal, otherwise a line for each quarter. */
function progressLines(): { show(progress: InstallProgress): void; end(): void } {
  const line = liveLine();
  let shown = "";
  return {
    show({ activity, done, total }) {
      const part = total > 0 ? done / total : 1;
      const step = Math.floor(part * (line.terminal ? 100 : 4));
      if (shown === `${activity} ${step}`) return;
      shown = `${activity} ${step}`;
      const megabytes = (bytes: number) => Math.round(bytes / 1e6);
      const text = `${activity}: ${megabytes(done)} of ${megabytes(total)} MB (${
        Math.floor(part * 100)
      } %)`;
      if (line.terminal) line.show(text);
      else line.note(text);
    },
    end: line.end,
  };
}

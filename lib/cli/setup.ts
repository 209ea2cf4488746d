/**
 * `deno task setup`: installs TensorFlow's library into the cache, unless it is there.
 *
 * Without one the tasks that depend on this go on with a slower backend, so that counts as success.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { EngineError } from "../core/errors.ts";
import type { InstallProgress } from "../engine/install/install.ts";
import { setup } from "../engine/install/setup.ts";

const USAGE = `Usage: deno task setup [--gpu]

Installs TensorFlow's library into the cache folder ($XDG_CACHE_HOME/nbn, else ~/.cache/nbn).
  --gpu   the build for NVIDIA GPUs (Linux x86-64, about 3.4 GB; not yet run on a GPU)
  --help  this text`;

/** Runs the task and returns the exit code. */
async function main(args: string[]): Promise<number> {
  let flags: { gpu?: boolean; help?: boolean };
  try {
    flags = parseArgs({
      args,
      options: { gpu: { type: "boolean" }, help: { type: "boolean" } },
    }).values;
  } catch (error) {
    console.error(`${(error as Error).message}; deno task setup --help lists the flags`);
    return 2;
  }
  if (flags.help) {
    console.log(USAGE);
    return 0;
  }
  try {
    return await install(flags.gpu ?? false);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    console.error(error.message);
    return 1;
  }
}

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
  console.error(
    `TensorFlow's library was not installed: ${outcome.reason}. ` +
      "Everything still runs, on a slower backend.",
  );
  return gpu ? 1 : 0;
}

/** One line that is written over on a terminal; elsewhere a line per quarter. */
function progressLines(): { show(progress: InstallProgress): void; end(): void } {
  const terminal = Deno.stderr.isTerminal();
  const encoder = new TextEncoder();
  const write = (text: string) => Deno.stderr.writeSync(encoder.encode(text));
  let shown = "", open = false;
  return {
    show({ activity, done, total }) {
      const part = total > 0 ? done / total : 1;
      const step = Math.floor(part * (terminal ? 100 : 4));
      if (shown === `${activity} ${step}`) return;
      shown = `${activity} ${step}`;
      const megabytes = (bytes: number) => Math.round(bytes / 1e6);
      const line = `${activity}: ${megabytes(done)} of ${megabytes(total)} MB (${
        Math.floor(part * 100)
      } %)`;
      write(terminal ? `\r\x1b[K${line}` : `${line}\n`);
      open = terminal;
    },
    end() {
      if (open) write("\r\x1b[K");
    },
  };
}

if (import.meta.main) Deno.exit(await main(Deno.args));

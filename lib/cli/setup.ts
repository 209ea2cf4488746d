/**
 * `deno task setup`: installs TensorFlow's library into the cache, unless it is there, with `--device` a plugin for an
 * accelerator, and with `--mpi` an MPI library.
 *
 * Without TensorFlow's library the exit code is 0, so that dependent tasks still run, on a slower backend; without the
 * plugin or the MPI library asked for it is 1.
 *
 * @module
 */
import { wordFlag } from "./words.ts";
import { PROGRAM } from "../core/program.ts";
import type { InstallProgress } from "../engine/install/install.ts";
import { UnavailableError } from "../engine/install/install_error.ts";
import { PLUGIN_NAMES, type PluginName } from "../engine/install/plugins.ts";
import { setupMpi } from "../engine/install/mpi.ts";
import { setup } from "../engine/install/setup.ts";
import { setupPlugin } from "../engine/install/setup_plugin.ts";
import type { Command } from "./command.ts";
import { liveLine } from "./live_line.ts";

const USAGE = `Usage: ${PROGRAM} setup [--device NAME] [--mpi]

Installs TensorFlow's library into the cache folder ($XDG_CACHE_HOME/nbn, else ~/.cache/nbn).
  --device NAME   also the plugin for an accelerator and the libraries it loads (Linux x86-64; compiled for
                  accelerators, not yet run on one):
                  cuda13 (1.34 GB), cuda12 (1.68 GB), tpu (137 MB), rocm (133 MB), oneapi (135 MB),
                  cpu-plugin (63 MB, runs on this processor, for tests); cpu installs none
  --mpi           also MPICH (13 MB, Linux), with which several processes add their gradients faster than
                  without (docs/many-machines.md)
  --help          this text`;

/** The command `setup`. */
export const command: Command = {
  name: "setup",
  usage: USAGE,
  flags: { device: { type: "string", words: [...PLUGIN_NAMES, "cpu"] }, mpi: { type: "boolean" } },
  run: ({ device, mpi = false }: { device?: string; mpi?: boolean }) =>
    install(pluginOf(device), mpi),
};

function pluginOf(device: string | undefined): PluginName | undefined {
  const name = wordFlag("device", device, [...PLUGIN_NAMES, "cpu"] as const);
  return name === "cpu" ? undefined : name;
}

async function install(plugin: PluginName | undefined, mpi: boolean): Promise<number> {
  const progress = progressLines();
  const options = { onProgress: progress.show, onNote: (note: string) => console.error(note) };
  const outcome = await setup(options);
  progress.end();
  if (outcome.state === "ready") {
    const { version, source, folder } = outcome.location;
    const library = `TensorFlow${version ? ` ${version}` : ""}`;
    console.error(
      outcome.installed ? `Installed ${library} in ${folder}` : `${library} is ready (${source})`,
    );
  } else {
    console.error(unavailable(outcome.reason));
  }
  const extras: [what: string, installed: () => Promise<string>][] = [];
  if (plugin) {
    extras.push([`The plugin for ${plugin}`, async () => {
      const { location, installed } = await setupPlugin(plugin, options);
      return installed
        ? `Installed the plugin for ${plugin} in ${location.library}`
        : `The plugin for ${plugin} is ready (${location.source})`;
    }]);
  }
  if (mpi) {
    extras.push(["MPICH", async () => {
      const { library, installed } = await setupMpi(options);
      return installed ? `Installed MPICH in ${library}` : "MPICH is ready (the cache)";
    }]);
  }
  let code = 0;
  for (const [what, installed] of extras) {
    try {
      console.error(await installed());
    } catch (error) {
      if (!(error instanceof UnavailableError)) throw error;
      console.error(`${what} was not installed: ${error.message}`);
      code = 1;
    } finally {
      progress.end();
    }
  }
  return code;
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

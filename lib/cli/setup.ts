/**
 * `deno task setup`: installs TensorFlow's library into the cache, unless it is there, and with `--device` a plugin for
 * an accelerator.
 *
 * Without TensorFlow's library the exit code is 0, so that dependent tasks still run, on a slower backend; without the
 * plugin asked for it is 1.
 *
 * @module
 */
import { wordFlag } from "./words.ts";
import { PROGRAM } from "../core/program.ts";
import type { InstallProgress } from "../engine/install/install.ts";
import { UnavailableError } from "../engine/install/install_error.ts";
import { PLUGIN_NAMES, type PluginName } from "../engine/install/plugins.ts";
import { setup } from "../engine/install/setup.ts";
import { setupPlugin } from "../engine/install/setup_plugin.ts";
import type { Command } from "./command.ts";
import { liveLine } from "./live_line.ts";

const USAGE = `Usage: ${PROGRAM} setup [--device NAME]

Installs TensorFlow's library into the cache folder ($XDG_CACHE_HOME/nbn, else ~/.cache/nbn).
  --device NAME   also the plugin for an accelerator and the libraries it loads (Linux x86-64; compiled for
                  accelerators, not yet run on one):
                  cuda13 (1.34 GB), cuda12 (1.68 GB), tpu (137 MB), rocm (133 MB), oneapi (135 MB),
                  cpu-plugin (63 MB, runs on this processor, for tests); cpu installs none
  --help          this text`;

/** The command `setup`. */
export const command: Command = {
  name: "setup",
  usage: USAGE,
  flags: { device: { type: "string", words: [...PLUGIN_NAMES, "cpu"] } },
  run: ({ device }: { device?: string }) => install(pluginOf(device)),
};

function pluginOf(device: string | undefined): PluginName | undefined {
  const name = wordFlag("device", device, [...PLUGIN_NAMES, "cpu"] as const);
  return name === "cpu" ? undefined : name;
}

async function install(plugin: PluginName | undefined): Promise<number> {
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
  if (!plugin) return 0;
  try {
    const { location, installed } = await setupPlugin(plugin, options);
    console.error(
      installed
        ? `Installed the plugin for ${plugin} in ${location.library}`
        : `The plugin for ${plugin} is ready (${location.source})`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof UnavailableError)) throw error;
    console.error(`The plugin for ${plugin} was not installed: ${error.message}`);
    return 1;
  } finally {
    progress.end();
  }
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

/**
 * `nbn`: the command line of the toolkit.
 *
 * Outside a clone, run it once as `deno run -A jsr:@nbn/toolkit/cli train`, or install it as `nbn` by
 * `deno install -g -A -n nbn jsr:@nbn/toolkit/cli`. In a clone, `deno task train` is the same as `nbn train`.
 *
 * @example From a script, as `nbn --version` prints it
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { main } from "@nbn/toolkit/cli";
 *
 * assertEquals(await main(["--version"]), 0);
 * ```
 *
 * @module
 */
import { didYouMean } from "../core/did_you_mean.ts";
import { BAD_INPUT } from "../core/exit_codes.ts";
import { versionLine } from "../core/version.ts";
import { execute } from "./command.ts";
import { type CommandEntry, COMMANDS } from "./commands.ts";

/** All commands. */
const ALL: Readonly<Record<string, CommandEntry>> = {
  ...COMMANDS,
  completions: {
    about: "Print a script that completes commands and flags in bash, zsh or fish",
    load: async () => (await import("./completions.ts")).completionsCommand(ALL),
  },
};
const NAMES = Object.keys(ALL);

/**
 * Runs a command.
 *
 * @param args Name of the command, then its arguments; or `--help` or `--version`.
 * @returns The exit code: 0 for success, 2 for wrong arguments and unusable input, 75 if another process of
 * the same training failed, 1 for other failures.
 */
export async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === "--help") {
    console.log(usage());
    return 0;
  }
  if (name === "--version") {
    console.log(versionLine());
    return 0;
  }
  if (!Object.hasOwn(ALL, name ?? "")) {
    const found = name === undefined ? "nothing" : `"${name}"${didYouMean(name, NAMES)}`;
    console.error(`Expected one of ${NAMES.join(", ")}, --help or --version but found ${found}`);
    return BAD_INPUT;
  }
  const { load, usesLibrary } = ALL[name];
  return await execute(await load(), rest, usesLibrary ? installLibrary : undefined);
}

async function installLibrary(): Promise<void> {
  await (await import("./setup.ts")).ensureLibrary();
}

function usage(): string {
  const width = Math.max(...NAMES.map((name) => name.length));
  return [
    "Usage: nbn COMMAND [arguments]",
    "",
    "Long-tailed recognition: training, evaluation and analysis. In a clone, deno task COMMAND is the same.",
    "",
    ...Object.entries(ALL).map(([name, { about }]) => `  ${name.padEnd(width)}  ${about}`),
    "",
    "nbn COMMAND --help lists the flags of a command, nbn --version prints the versions for a bug report.",
    "Install it with completions (bash; similarly for zsh and fish):",
    "  deno install -g -A -n nbn jsr:@nbn/toolkit/cli",
    "  nbn completions bash >> ~/.bashrc",
  ].join("\n");
}

if (import.meta.main) Deno.exit(await main(Deno.args));

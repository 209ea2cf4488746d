/**
 * `nbn completions`: scripts that complete commands, flags and their values in a shell.
 *
 * @module
 */
import { type Command, commandOfParts } from "./command.ts";
import type { CommandEntry } from "./commands.ts";
import { bashCompletions } from "./completions/bash.ts";
import type { Completed } from "./completions/completed.ts";
import { fishCompletions } from "./completions/fish.ts";
import { zshCompletions } from "./completions/zsh.ts";

const USAGE = `Usage: nbn completions bash|zsh|fish

Prints a script that completes the commands and flags of nbn.
  bash    nbn completions bash >> ~/.bashrc
  zsh     nbn completions zsh > "\${fpath[1]}/_nbn"
  fish    nbn completions fish > ~/.config/fish/completions/nbn.fish
  --help  this text`;

/**
 * Creates the command.
 *
 * @param entries The commands to complete.
 * @returns The command, which loads all of them.
 */
export function completionsCommand(entries: Readonly<Record<string, CommandEntry>>): Command {
  const part = (name: string, script: (commands: readonly Completed[]) => string): Command => ({
    name,
    usage: "",
    flags: {},
    async run() {
      const commands = Object.entries(entries)
        .map(async ([name, { about, load }]) => completed(name, about, await load()));
      console.log(script(await Promise.all(commands)));
      return 0;
    },
  });
  return commandOfParts({
    name: "completions",
    usage: USAGE,
    parts: {
      bash: part("bash", bashCompletions),
      zsh: part("zsh", zshCompletions),
      fish: part("fish", fishCompletions),
    },
  });
}

function completed(name: string, about: string, { flags, parts = {} }: Command): Completed {
  return {
    name,
    about,
    flags: [
      ...Object.entries(flags).map(([name, { type, words = [] }]) => ({
        name,
        takesValue: type === "string",
        words,
      })),
      { name: "help", takesValue: false, words: [] },
    ],
    parts: Object.entries(parts).map(([name, part]) => completed(name, "", part)),
  };
}

/**
 * Completions for fish.
 *
 * @module
 */
import { type Completed, quoted } from "./completed.ts";

/**
 * Writes the script. Where it has nothing to offer, fish completes paths.
 *
 * @param commands The commands of `nbn`.
 * @returns A script to be sourced, or to be stored as `nbn.fish` in a folder of completions.
 */
export function fishCompletions(commands: readonly Completed[]): string {
  return [
    "# Completions of nbn for fish, by: nbn completions fish",
    ...commands.map(({ name, about }) =>
      `complete -c nbn -f -n __fish_use_subcommand -a ${name} -d ${quoted(about)}`
    ),
    "complete -c nbn -f -n __fish_use_subcommand -l help",
    "complete -c nbn -f -n __fish_use_subcommand -l version",
    ...commands.flatMap(linesOf),
  ].join("\n");
}

function linesOf({ name, flags, parts }: Completed): string[] {
  const seen = `__fish_seen_subcommand_from ${name}`;
  const names = parts.map(({ name }) => name).join(" ");
  return [
    ...flagLines(seen, flags),
    ...parts.length === 0 ? [] : [
      `complete -c nbn -f -n '${seen}; and not __fish_seen_subcommand_from ${names}' -a '${names}'`,
    ],
    ...parts.flatMap((part) =>
      flagLines(`${seen}; and __fish_seen_subcommand_from ${part.name}`, part.flags)
    ),
  ];
}

function flagLines(condition: string, flags: Completed["flags"]): string[] {
  return flags.map(({ name, takesValue, words }) => {
    const value = !takesValue ? "" : words.length > 0 ? ` -x -a ${quoted(words.join(" "))}` : " -r";
    return `complete -c nbn -n '${condition}' -l ${name}${value}`;
  });
}

/**
 * Completions for bash.
 *
 * @module
 */
import { byWords, type Completed, quoted } from "./completed.ts";

/**
 * Writes the script. Where it has nothing to offer, bash completes paths.
 *
 * @param commands The commands of `nbn`.
 * @returns A script to be sourced.
 */
export function bashCompletions(commands: readonly Completed[]): string {
  const all = byWords(commands);
  const names = commands.map(({ name }) => name);
  const withParts = commands.filter(({ parts }) => parts.length > 0);
  const values = all.flatMap(([words, { flags }]) =>
    flags.filter(({ words }) => words.length > 0)
      .map((flag) => `    ${quoted(`${words} --${flag.name}`)}) offered=${list(flag.words)} ;;`)
  );
  return `# Completions of nbn for bash, by: nbn completions bash
_nbn() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]}
  local command=\${COMP_WORDS[1]} first=2 offered=
  COMPREPLY=()
  case $command in
    ${withParts.map(({ name }) => name).join("|")})
      if ((COMP_CWORD > 2)); then command="$command \${COMP_WORDS[2]}"; first=3; fi ;;
  esac
  case "$command $before" in
${values.join("\n")}
  esac
  if ((COMP_CWORD == 1)); then
    offered=${list([...names, "--help", "--version"])}
  elif [[ -z $offered && $word == -* ]]; then
    case $command in
${
    all.map(([words, { flags }]) =>
      `      ${quoted(words)}) offered=${list(flags.map(({ name }) => `--${name}`))} ;;`
    ).join("\n")
  }
    esac
  elif [[ -z $offered ]] && ((COMP_CWORD == first)); then
    case $command in
${
    withParts.map(({ name, parts }) =>
      `      ${name}) offered=${list(parts.map(({ name }) => name))} ;;`
    ).join("\n")
  }
    esac
  fi
  [[ -z $offered ]] || COMPREPLY=($(compgen -W "$offered" -- "$word"))
}
complete -o default -F _nbn nbn`;
}

function list(words: readonly string[]): string {
  return quoted(words.join(" "));
}

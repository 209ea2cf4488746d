/**
 * Completions for zsh.
 *
 * @module
 */
import { type Completed, quoted } from "./completed.ts";

/**
 * Writes the script.
 *
 * @param commands The commands of `nbn`.
 * @returns A script to be sourced, or to be stored as `_nbn` in a folder of `$fpath`.
 */
export function zshCompletions(commands: readonly Completed[]): string {
  return `#compdef nbn
# Completions of nbn for zsh, by: nbn completions zsh
_nbn() {
  local -a commands=(
${commands.map(({ name, about }) => `    ${quoted(`${name}:${about}`)}`).join("\n")}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    _arguments '--help' '--version'
    return
  fi
  case $words[2] in
${commands.map((command) => branch(command, 2)).join("\n")}
  esac
}
if [[ $funcstack[1] == _nbn ]]; then _nbn "$@"; else compdef _nbn nbn; fi`;
}

/** The branch of a command whose name is the word at a position, counted from 1. */
function branch({ name, flags, parts }: Completed, position: number): string {
  const indent = "  ".repeat(position);
  if (parts.length === 0) {
    const specs = flags.map(({ name, takesValue, words }) =>
      quoted(
        `*--${name}${
          takesValue ? `:value:${words.length > 0 ? `(${words.join(" ")})` : "_files"}` : ""
        }`,
      )
    );
    return `${indent}${name}) _arguments ${[...specs, "'*:file:_files'"].join(" ")} ;;`;
  }
  return `${indent}${name})
${indent}  if ((CURRENT == ${position + 1})); then compadd ${
    parts.map(({ name }) => name).join(" ")
  }
${indent}  else
${indent}    case $words[${position + 1}] in
${parts.map((part) => branch(part, position + 1)).join("\n")}
${indent}    esac
${indent}  fi ;;`;
}

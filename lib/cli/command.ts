/**
 * What every command line has in common: flags, help, version, exit codes.
 *
 * @module
 */
import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { nearestName } from "../core/did_you_mean.ts";
import { InputError, UsageError } from "../core/errors.ts";
import { VERSION } from "../core/version.ts";

/** Exit code for input that cannot be used. */
const BAD_INPUT = 2;
/** Exit code for everything else that goes wrong. */
const FAILURE = 1;

/** A command line. */
export interface Command<Flags extends ParseArgsOptionsConfig> {
  /** Its name, for instance `train`. */
  readonly name: string;
  /** What `--help` prints. */
  readonly usage: string;
  /** Its flags; `--help` and `--version` are added. */
  readonly flags: Flags;
  /**
   * Whether it takes arguments besides flags.
   *
   * @default {false}
   */
  readonly positionals?: boolean;
  /** Does the work and returns the exit code. Errors are reported for it. */
  run(
    flags: ReturnType<typeof parseArgs<{ options: Flags }>>["values"],
    positionals: string[],
  ): Promise<number>;
}

/**
 * Runs a command line: one line on stderr and exit code 2 for wrong flags and unusable input, 1 for other
 * failures.
 *
 * @param command The command.
 * @param args What the user typed.
 * @returns The exit code.
 */
export async function execute<Flags extends ParseArgsOptionsConfig>(
  command: Command<Flags>,
  args: readonly string[],
): Promise<number> {
  if (args.includes("--help")) {
    console.log(command.usage);
    return 0;
  }
  if (args.includes("--version")) {
    console.log(versionLine());
    return 0;
  }
  try {
    const { values, positionals } = parse(command, args);
    return await command.run(values as never, positionals);
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}; deno task ${command.name} --help lists the flags`);
      return BAD_INPUT;
    }
    if (error instanceof InputError) {
      console.error(error.message);
      return BAD_INPUT;
    }
    if (isExpected(error)) {
      console.error(error.message);
      return FAILURE;
    }
    throw error;
  }
}

function parse<Flags extends ParseArgsOptionsConfig>(
  { flags, positionals = false }: Command<Flags>,
  args: readonly string[],
) {
  try {
    return parseArgs({
      args: [...args],
      options: flags,
      allowPositionals: positionals,
      allowNegative: true,
    });
  } catch (error) {
    // Node adds a hint about positional arguments after the first sentence.
    const [sentence] = (error as Error).message.split(". ");
    const message = sentence.replace(/\n/g, " ").replace(/\.$/, "");
    const unknown = /^Unknown option '--([^']+)'/.exec(message)?.[1] ?? "";
    const nearest = nearestName(unknown, [...Object.keys(flags), "help", "version"]);
    const hint = nearest === undefined ? "" : ` (did you mean --${nearest}?)`;
    throw new UsageError(message + hint, { cause: error });
  }
}

/** What `--version` prints: enough to begin a report of a defect with. */
function versionLine(): string {
  const { os, arch } = Deno.build;
  return `nbn ${VERSION}, Deno ${Deno.version.deno}, ${os} ${arch}`;
}

/** Failures with a message of their own; anything else is a defect and shows its stack. */
function isExpected(error: unknown): error is Error {
  return error instanceof Error && ["EngineError", "DivergedError"].includes(error.name);
}

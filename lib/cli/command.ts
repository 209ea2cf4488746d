/**
 * Flags, help, version and exit codes, shared by all command lines.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { didYouMean, nearestName } from "../core/did_you_mean.ts";
import { UsageError } from "../core/errors.ts";
import { versionLine } from "../core/version.ts";
import { DEVICE_FLAG, useDevice } from "./device.ts";
import { failure } from "./failure.ts";
import { printableConsole } from "./printable_console.ts";
import { onUncaught } from "./uncaught.ts";

/** Definition of a flag, as `parseArgs` of `node:util` takes it. */
export interface Flag {
  /** Whether a value follows. */
  readonly type: "string" | "boolean";
  /** Whether it may be repeated. */
  readonly multiple?: boolean;
  /** Values to offer in completions, if there are only a few. */
  readonly words?: readonly string[];
}

/** Definitions of flags by name, without the dashes. */
export type Flags = Readonly<Record<string, Flag>>;

/** Definition of a command line. */
export interface Command<Own extends Flags = Flags> {
  /** Name, for instance `train`. */
  readonly name: string;
  /** Text that `--help` prints. */
  readonly usage: string;
  /** Flags; `--help` and `--version` are added. */
  readonly flags: Own;
  /**
   * Whether positional arguments are accepted.
   *
   * @default {false}
   */
  readonly positionals?: boolean;
  /**
   * Whether arguments after `--` are passed on to another program; otherwise they are positional arguments.
   *
   * @default {false}
   */
  readonly passesOn?: boolean;
  /** Subcommands by name, one of which the first argument names; their `--help` prints the usage of the command. */
  readonly parts?: Readonly<Record<string, Command>>;
  /** Runs the command and returns the exit code. {@linkcode execute} reports the errors that it throws. */
  run(
    flags: ReturnType<typeof parseArgs<{ options: Own }>>["values"],
    positionals: string[],
    passedOn: string[],
  ): Promise<number>;
}

/**
 * Runs a command line. Errors are reported as {@linkcode failure} formats them: one line on stderr and exit code 2 for
 * wrong flags and unusable input, exit code 1 for other failures, a stack trace only for defects of the project.
 *
 * @param command The command.
 * @param args Command-line arguments.
 * @param prepare Called when the flags are parsed, before the command runs.
 * @returns The exit code.
 */
export async function execute<Own extends Flags>(
  command: Command<Own>,
  args: readonly string[],
  prepare?: () => Promise<void>,
): Promise<number> {
  const { parts = {}, usage, name } = command;
  if (Object.hasOwn(parts, args[0] ?? "")) {
    return await execute({ ...parts[args[0]], usage, name }, args.slice(1), prepare);
  }
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  const flags = args.slice(0, end);
  if (flags.includes("--help")) {
    console.log(command.usage);
    return 0;
  }
  if (flags.includes("--version")) {
    console.log(versionLine());
    return 0;
  }
  const tell = (error: unknown): number => {
    const { text, code } = failure(error, command.name);
    console.error(text);
    return code;
  };
  const restore = printableConsole();
  const stop = onUncaught((error) => Deno.exit(tell(error)));
  try {
    const { values, positionals } = parse(command, command.passesOn ? flags : args);
    expectNoneEmpty(values, positionals);
    // Commands that run networks share this flag; the device is chosen before any of them starts the engine.
    if (command.flags.device === DEVICE_FLAG.device) {
      useDevice((values as { device?: string }).device);
    }
    await prepare?.();
    const passedOn = command.passesOn ? args.slice(end + 1) : [];
    return await command.run(values as never, positionals, passedOn);
  } catch (error) {
    return tell(error);
  } finally {
    stop();
    restore();
  }
}

/**
 * Creates a command that consists of subcommands.
 *
 * @param command Name, usage and subcommands.
 * @returns The command, which rejects arguments that do not begin with the name of a subcommand.
 */
export function commandOfParts(
  command: Required<Pick<Command, "name" | "usage" | "parts">>,
): Command {
  const names = Object.keys(command.parts);
  return {
    ...command,
    flags: {},
    positionals: true,
    run(_flags, [part]) {
      const found = part ? `"${part}"${didYouMean(part, names)}` : "nothing";
      throw new UsageError(`Expected one of ${names.join(", ")} but found ${found}`);
    },
  };
}

function parse<Own extends Flags>(
  { flags, positionals = false }: Command<Own>,
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

/** Rejects empty values, as from an unset shell variable: an empty path would mean the current folder. */
function expectNoneEmpty(
  flags: Readonly<Record<string, unknown>>,
  positionals: readonly string[],
): void {
  const isEmpty = (value: unknown) => typeof value === "string" && value.trim() === "";
  for (const [name, value] of Object.entries(flags)) {
    if ([value].flat().some(isEmpty)) {
      throw new UsageError(`Expected --${name} with a value but found an empty one`);
    }
  }
  if (positionals.some(isEmpty)) {
    throw new UsageError("Expected no empty arguments but found one");
  }
}

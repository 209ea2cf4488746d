/**
 * Flags, help, version and exit codes, shared by all command lines.
 *
 * @module
 */
import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { nearestName } from "../core/did_you_mean.ts";
import { UsageError } from "../core/errors.ts";
import { versionLine } from "../core/version.ts";
import { DEVICE_FLAG, useDevice } from "./device.ts";
import { failure } from "./failure.ts";
import { onUncaught } from "./uncaught.ts";

/** Definition of a command line. */
export interface Command<Flags extends ParseArgsOptionsConfig> {
  /** Name, for instance `train`. */
  readonly name: string;
  /** Text that `--help` prints. */
  readonly usage: string;
  /** Flags; `--help` and `--version` are added. */
  readonly flags: Flags;
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
  /**
   * Whether the command runs networks; if so, it takes `--device`.
   *
   * @default {false}
   */
  readonly runsNetworks?: boolean;
  /** Runs the command and returns the exit code. {@linkcode execute} reports the errors that it throws. */
  run(
    flags: ReturnType<typeof parseArgs<{ options: Flags }>>["values"],
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
 * @returns The exit code.
 */
export async function execute<Flags extends ParseArgsOptionsConfig>(
  command: Command<Flags>,
  args: readonly string[],
): Promise<number> {
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
  const stop = onUncaught((error) => Deno.exit(tell(error)));
  try {
    const all = { ...command.flags, ...(command.runsNetworks ? DEVICE_FLAG : {}) };
    const { values, positionals } = parse(all, command, command.passesOn ? flags : args);
    expectNoneEmpty(values, positionals);
    if (command.runsNetworks) useDevice((values as { device?: string }).device);
    const passedOn = command.passesOn ? args.slice(end + 1) : [];
    return await command.run(values as never, positionals, passedOn);
  } catch (error) {
    return tell(error);
  } finally {
    stop();
  }
}

function parse(
  flags: ParseArgsOptionsConfig,
  { positionals = false }: { positionals?: boolean },
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
    throw new UsageError("Expected every argument to say something but found an empty one");
  }
}

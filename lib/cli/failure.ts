/**
 * Error messages and exit codes of command lines.
 *
 * @module
 */
import { BAD_INPUT, FAILURE, PEER_FAILED } from "../core/exit_codes.ts";
import { PROGRAM } from "../core/program.ts";
import { DivergedError, EngineError, InputError, PeerError, UsageError } from "../core/errors.ts";
import { versionLine } from "../core/version.ts";

/** An error as reported to the user. */
export interface Failure {
  /** One line, or several with a stack trace if the error is a defect of the project. */
  readonly text: string;
  /** Exit code. */
  readonly code: number;
}

/** Out-of-memory messages of the JavaScript engine, of TensorFlow, and of worker threads that repeat either. */
const NO_MEMORY =
  /Array buffer allocation failed|Invalid (typed )?array (buffer )?length|Invalid string length|OOM when allocating|^Expected memory for/i;

/** Suffix of every error of the operating system, for instance of a missing file or a full disk. */
const SYSTEM = /\(os error \d+\)/;

/**
 * Formats an error: one line for an error that the user can fix; a stack trace and a request to report it for a defect
 * of the project.
 *
 * Functions of the project throw plain `TypeError` and `RangeError` for invalid arguments, which on a command line come
 * from its flags. JavaScript throws the same classes for programming errors. The first word of the message
 * distinguishes them: messages of the project begin with "Expected", which a test enforces.
 *
 * @param error The thrown value.
 * @param command Name of the command, for instance `train`.
 * @returns Text to print, and the exit code.
 *
 * @example
 * ```ts
 * import { assertEquals, assertStringIncludes } from "@std/assert";
 *
 * const wrong = new RangeError("Expected batch to be an integer of at least 1 but found 0");
 * assertEquals(failure(wrong, "train"), { text: wrong.message, code: 2 });
 *
 * const { text, code } = failure(new TypeError("x is not a function"), "train");
 * assertStringIncludes(text, "report it");
 * assertEquals(code, 1);
 * ```
 */
export function failure(error: unknown, command: string): Failure {
  if (!(error instanceof Error)) return defect(error, command);
  const { message } = error;
  if (error instanceof UsageError) {
    return bad(`${message}; ${PROGRAM} ${command} --help lists the flags`);
  }
  if (error instanceof InputError) return bad(message);
  if (error instanceof PeerError) return { text: oneLine(message), code: PEER_FAILED };
  if (NO_MEMORY.test(message)) {
    return bad(
      `Expected enough memory but found: ${oneLine(message)}. ` +
        "Take a smaller batch, smaller images, a smaller network, or fewer threads",
    );
  }
  const explained = message.startsWith("Expected ");
  if (explained && (error instanceof RangeError || error instanceof TypeError)) return bad(message);
  if (SYSTEM.test(message) || error instanceof Deno.errors.NotCapable) {
    return bad(`Expected to read and write the named files but found: ${message}`);
  }
  if (error instanceof DivergedError || (explained && error instanceof EngineError)) {
    return { text: oneLine(message), code: FAILURE };
  }
  return defect(error, command);
}

function bad(message: string): Failure {
  return { text: oneLine(message), code: BAD_INPUT };
}

function defect(error: unknown, command: string): Failure {
  const trace = error instanceof Error ? Deno.inspect(error, { colors: false }) : String(error);
  return {
    text:
      "This is an error in the toolkit, not in your command: please report it with the command " +
      `line and the lines below\n` +
      `${versionLine()}, ${PROGRAM} ${command}\n${trace}`,
    code: FAILURE,
  };
}

function oneLine(message: string): string {
  return message.replace(/\s*\n\s*/g, " ").trim();
}

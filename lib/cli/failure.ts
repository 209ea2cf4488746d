/**
 * What a command line says about an error, and the exit code.
 *
 * @module
 */
import { DivergedError, EngineError, InputError, UsageError } from "../core/errors.ts";
import { versionLine } from "../core/version.ts";

/** Exit code for input that cannot be used. */
export const BAD_INPUT = 2;
/** Exit code for everything else that goes wrong. */
export const FAILURE = 1;

/** An error as the user gets it. */
export interface Failure {
  /** One line, followed by a trace where the fault is the project's own. */
  readonly text: string;
  /** Exit code. */
  readonly code: number;
}

/** What the system says where memory runs out: JavaScript's engine, TensorFlow, and threads that repeat either. */
const NO_MEMORY =
  /Array buffer allocation failed|Invalid (typed )?array (buffer )?length|Invalid string length|OOM when allocating|^Expected memory for/i;

/** What every error of the system carries, of a file that is not there or a disk that is full. */
const SYSTEM = /\(os error \d+\)/;

/**
 * Tells whose fault an error is: what the user can mend is one line, what only the project can asks for a report and
 * shows where it happened.
 *
 * A function of the project throws plain `TypeError` and `RangeError` for wrong arguments, and on a command line those
 * come from its flags. JavaScript itself throws the same classes where the code is wrong. The two are told apart by
 * their first word: messages of the project begin with "Expected", to which a test holds every one of them.
 *
 * @param error What was thrown.
 * @param command Name of the command, for instance `train`.
 * @returns What to print, and the exit code.
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
    return bad(`${message}; deno task ${command} --help lists the flags`);
  }
  if (error instanceof InputError) return bad(message);
  if (NO_MEMORY.test(message)) {
    return bad(
      `Expected enough memory but found: ${oneLine(message)}. ` +
        "Take a smaller batch, smaller images, a smaller network, or fewer threads",
    );
  }
  const explained = message.startsWith("Expected ");
  if (explained && (error instanceof RangeError || error instanceof TypeError)) return bad(message);
  if (SYSTEM.test(message) || error instanceof Deno.errors.NotCapable) {
    return bad(`Expected to read and write what was named but found: ${message}`);
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
      "This is a fault of the toolkit, not of what you typed: please report it with the command " +
      `line and the lines below\n` +
      `${versionLine()}, deno task ${command}\n${trace}`,
    code: FAILURE,
  };
}

function oneLine(message: string): string {
  return message.replace(/\s*\n\s*/g, " ").trim();
}

/**
 * Errors reported by PJRT plugins.
 *
 * @module
 */
import { EngineError } from "../../core/errors.ts";

/** Names of the error codes, which are those of `absl::StatusCode`. */
const CODES = [
  ...["OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND"],
  ...["ALREADY_EXISTS", "PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION"],
  ...["ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS"],
  "UNAUTHENTICATED",
] as const;

/** Name of an error code, for instance `RESOURCE_EXHAUSTED`. */
export type PjrtCode = typeof CODES[number];

/** A call of a PJRT plugin failed. */
export class PjrtError extends EngineError {
  /** The name of the class. */
  override name = "PjrtError";
  /** The plugin's error code. */
  readonly code: PjrtCode;

  /**
   * @param call What was called, for instance `PJRT_Client_Create`.
   * @param code The plugin's error code, as a number.
   * @param message The plugin's message.
   */
  constructor(call: string, code: number, message: string) {
    const name = CODES[code] ?? "UNKNOWN";
    super(`${call}: ${name}: ${message.trim().split("\n")[0]}${advice(name)}`);
    this.code = name;
  }
}

function advice(code: PjrtCode): string {
  return code === "RESOURCE_EXHAUSTED"
    ? " (the device has no memory left: take a smaller --batch, or end other processes that use the device)"
    : "";
}

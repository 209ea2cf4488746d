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

/** The code of errors due to too little memory. */
export const RESOURCE_EXHAUSTED: number = CODES.indexOf("RESOURCE_EXHAUSTED");

/** Memory of a device in bytes, where the plugin tells it. */
export interface DeviceMemory {
  /** Bytes in use. */
  readonly inUse: number;
  /** Most bytes that were in use at once. */
  readonly peak?: number;
  /** Bytes that may be used. */
  readonly limit?: number;
}

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
   * @param memory Memory of the device, if there is too little.
   */
  constructor(call: string, code: number, message: string, memory?: DeviceMemory) {
    const name = CODES[code] ?? "UNKNOWN", [first] = message.trim().split("\n");
    super(`${call}: ${name}: ${first}${advice(name, first, memory)}`);
    this.code = name;
  }
}

/** How plugins say that another process has the device: NVIDIA's in exclusive mode, Google's always. */
const BUSY = /\bbusy\b|already in use|lockfile|DEVICE_UNAVAILABLE/i;

function advice(code: PjrtCode, message: string, memory?: DeviceMemory): string {
  if (code === "RESOURCE_EXHAUSTED") {
    const asked = /(\d{4,}) ?(?:bytes|B\b)/.exec(message)?.[1];
    const { limit, inUse = 0 } = memory ?? {};
    const known = [
      ...(asked ? [`${gigabytes(Number(asked))} asked for`] : []),
      limit === undefined
        ? "the device has no memory left"
        : `${gigabytes(limit - inUse)} of the device's ${gigabytes(limit)} left`,
    ];
    return ` (${
      known.join(", ")
    }: take a smaller --batch, or end other processes that use the device)`;
  }
  return BUSY.test(message)
    ? " (another process uses the device: end it, or choose another device)"
    : "";
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(2)} GB`;
}

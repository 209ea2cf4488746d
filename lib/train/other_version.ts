/**
 * Errors about runs that another version has written.
 *
 * @module
 */
import { CheckpointError, DataError, InputError, UsageError } from "../core/errors.ts";
import { VERSION } from "../core/version.ts";
import type { Config } from "./run_folder.ts";

const KINDS = [CheckpointError, DataError, UsageError];

/**
 * Adds to an error about a run's input that the run is of another version, if it is: then that is the likely
 * reason.
 *
 * @param error What was thrown.
 * @param config The run's `config.json`.
 * @returns An error of the same kind that tells both versions, or what was thrown.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { CheckpointError } from "../core/errors.ts";
 * import { VERSION } from "../core/version.ts";
 *
 * const config = { training: {}, versions: { toolkit: "0.0.9" }, engine: {} };
 * const { message } = ofOtherVersion(new CheckpointError("No such layer"), config) as Error;
 * assertEquals(message, `No such layer. The run is of version 0.0.9, this is ${VERSION}: train it anew`);
 * ```
 */
export function ofOtherVersion(error: unknown, config: Config | undefined): unknown {
  const version = config?.versions?.toolkit;
  if (!(error instanceof InputError) || version === undefined || version === VERSION) return error;
  const Kind = KINDS.find((kind) => error instanceof kind) ?? InputError;
  return new Kind(
    `${error.message}. The run is of version ${version}, this is ${VERSION}: train it anew`,
    { cause: error },
  );
}

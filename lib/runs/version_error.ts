/**
 * Errors about runs written by another version.
 *
 * @module
 */
import { CheckpointError, DataError, InputError, UsageError } from "../core/errors.ts";
import { VERSION } from "../core/version.ts";
import type { Config } from "./run_folder.ts";

const KINDS = [CheckpointError, DataError, UsageError];

/**
 * Adds both versions to an input error about a run that another version has written, since that is the likely cause.
 *
 * @param error The thrown error.
 * @param config The run's `config.json`.
 * @returns An error of the same class that names both versions, or the original error.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { CheckpointError } from "@nbn/toolkit/core";
 * import { VERSION } from "../core/version.ts";
 *
 * const config = { training: {}, versions: { toolkit: "0.0.9" }, engine: {} };
 * const { message } = withVersions(new CheckpointError("No such layer"), config) as Error;
 * assertEquals(message, `No such layer. The run is of version 0.0.9, this is ${VERSION}: train it again`);
 * ```
 */
export function withVersions(error: unknown, config: Config | undefined): unknown {
  const version = config?.versions?.toolkit;
  if (!(error instanceof InputError) || version === undefined || version === VERSION) return error;
  const Kind = KINDS.find((kind) => error instanceof kind) ?? InputError;
  return new Kind(
    `${error.message}. The run is of version ${version}, this is ${VERSION}: train it again`,
    { cause: error },
  );
}

/**
 * Why the library was not installed.
 *
 * @module
 */
import { EngineError } from "../../core/errors.ts";

/** The library can be had for this machine, but something went wrong that needs a look. */
export class InstallError extends EngineError {
  /** The name of the class. */
  override name = "InstallError";
}

/** The library cannot be had here or now; the fallback backends serve instead. */
export class UnavailableError extends EngineError {
  /** The name of the class. */
  override name = "UnavailableError";
}

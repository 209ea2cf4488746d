/**
 * Errors of the installation.
 *
 * @module
 */
import { EngineError } from "../../core/errors.ts";

/** The library is available for this machine, but its installation failed in a way that needs attention. */
export class InstallError extends EngineError {
  /** The name of the class. */
  override name = "InstallError";
}

/** The library is not available on this machine or at the moment; the fallback backends are used instead. */
export class UnavailableError extends EngineError {
  /** The name of the class. */
  override name = "UnavailableError";
}

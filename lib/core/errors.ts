/**
 * Errors caused by files, flags and the engine. Invalid function arguments throw plain `TypeError` and `RangeError`
 * instead, whose messages begin with "Expected": the command line distinguishes them by that from errors that
 * JavaScript throws for bugs.
 *
 * @module
 */

/** An unusable external input (a file, a flag, a folder); the command line exits with code 2. */
export class InputError extends Error {
  /** Class name, for code that cannot use `instanceof`. */
  override name = "InputError";
}

/** A data set, image, archive or list that is missing, damaged or inconsistent. */
export class DataError extends InputError {
  /** Class name, for code that cannot use `instanceof`. */
  override name = "DataError";
}

/** A checkpoint that cannot be written, or belongs to another network or training. */
export class CheckpointError extends InputError {
  /** Class name, for code that cannot use `instanceof`. */
  override name = "CheckpointError";
}

/** A checkpoint that is damaged or cannot be read; an earlier one may be whole. */
export class DamagedCheckpointError extends CheckpointError {
  /** Class name, for code that cannot use `instanceof`. */
  override name = "DamagedCheckpointError";
}

/** A folder that another process is writing into. */
export class BusyError extends InputError {
  /** Class name, for code that cannot use `instanceof`. */
  override name = "BusyError";
}

/** An invalid command line. */
export class UsageError extends InputError {
  /** Class name, for code that cannot use `instanceof`. */
  override name = "UsageError";
}

/** An analysis that does not apply to a network or its data, for instance of rare classes where there are none. */
export class NotApplicableError extends RangeError {
  /** Class name, for code that cannot use `instanceof`. */
  override name = "NotApplicableError";
}

/** TensorFlow rejected an operation, or no backend could be started. */
export class EngineError extends Error {
  /** Class name, for code that cannot use `instanceof`. */
  override name = "EngineError";
}

/** Another process of the same training failed, never came or disagrees; the command line exits with code 75. */
export class PeerError extends EngineError {
  /** Class name, for code that cannot use `instanceof`. */
  override name = "PeerError";
}

/** The loss became NaN or infinite. */
export class DivergedError extends Error {
  /** Class name, for code that cannot use `instanceof`. */
  override name = "DivergedError";
}

/**
 * The errors that a user's input can cause. Wrong arguments of a function are plain `TypeError` and `RangeError`, whose
 * messages begin with "Expected", by which the command line tells them from those that JavaScript throws where the code
 * is wrong; these are for files, flags and the engine.
 *
 * @module
 */

/** Input from outside (a file, a flag, a folder) that cannot be used; the command line exits with code 2. */
export class InputError extends Error {
  /** Name of the class, for those who cannot compare classes. */
  override name = "InputError";
}

/** A data set, image, archive or list that is missing, damaged or contradicts itself. */
export class DataError extends InputError {
  /** Name of the class, for those who cannot compare classes. */
  override name = "DataError";
}

/** A checkpoint that is damaged, or belongs to another network. */
export class CheckpointError extends InputError {
  /** Name of the class, for those who cannot compare classes. */
  override name = "CheckpointError";
}

/** A folder that another process is writing into. */
export class BusyError extends InputError {
  /** Name of the class, for those who cannot compare classes. */
  override name = "BusyError";
}

/** A command line that cannot be understood. */
export class UsageError extends InputError {
  /** Name of the class, for those who cannot compare classes. */
  override name = "UsageError";
}

/** TensorFlow refused an operation, or no backend could be started. */
export class EngineError extends Error {
  /** Name of the class, for those who cannot compare classes. */
  override name = "EngineError";
}

/** The loss became NaN or infinite. */
export class DivergedError extends Error {
  /** Name of the class, for those who cannot compare classes. */
  override name = "DivergedError";
}

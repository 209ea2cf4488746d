/**
 * TensorFlow's eager context: its devices, thread pools and registered functions.
 *
 * @module
 */
import type { Library } from "./library.ts";

/**
 * Creates the eager context of the process.
 *
 * @param library The loaded library.
 * @returns The context.
 * @throws {EngineError} If no device can be initialised; with TensorFlow's message.
 */
export function newContext(library: Library): Deno.PointerValue {
  const { core, status } = library;
  const options = core.TFE_NewContextOptions();
  try {
    const context = core.TFE_NewContext(options, status);
    library.check(() => "Starting TensorFlow");
    return context;
  } finally {
    core.TFE_DeleteContextOptions(options);
  }
}

/**
 * TensorFlow's eager context: its devices, thread pools and registered functions.
 *
 * @module
 */
import type { Library } from "./library.ts";

/**
 * A serialised `ConfigProto` with `gpu_options.allow_growth`: take GPU memory as it is needed, so
 * that other programs on the same GPU can live.
 */
const CONFIG = Uint8Array.of(6 << 3 | 2, 2, 4 << 3 | 0, 1);

/**
 * Makes the eager context of the process.
 *
 * @param library The loaded library.
 * @returns The context.
 * @throws {EngineError} TensorFlow's message if no device can be started.
 */
export function newContext(library: Library): Deno.PointerValue {
  const { core, status } = library;
  const options = core.TFE_NewContextOptions();
  try {
    core.TFE_ContextOptionsSetConfig(options, CONFIG, BigInt(CONFIG.length), status);
    library.check(() => "Setting up TensorFlow");
    const context = core.TFE_NewContext(options, status);
    library.check(() => "Starting TensorFlow");
    return context;
  } finally {
    core.TFE_DeleteContextOptions(options);
  }
}

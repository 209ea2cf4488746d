/**
 * Selection of the backend: libtensorflow if available, else WebAssembly, else plain JavaScript.
 *
 * @module
 */
import { PROGRAM } from "../core/program.ts";
import { didYouMean } from "../core/did_you_mean.ts";
import { EngineError } from "../core/errors.ts";
import { startCpu, startWasm } from "./fallback/mod.ts";
import { locateLibtensorflow } from "./install/locate.ts";
import { processorHasBfloat16 } from "./processor.ts";
import { startTensorflow } from "./tensorflow/start.ts";

/** Name of a backend, as in the environment variable `NBN_BACKEND`. */
export type BackendName = "tensorflow" | "wasm" | "cpu";

/** The running backend. */
export interface Engine {
  /** Name of the backend. */
  readonly backend: BackendName;
  /** Version of TensorFlow, or of TensorFlow.js on the fallback backends. */
  readonly version: string;
  /** Device it runs on, for instance `CPU (2 cores)` or `GPU`. */
  readonly device: string;
  /** Why this backend was selected, in one line. */
  readonly reason: string;
  /**
   * Whether `precision: "bf16"` is faster than float32 here, which requires a CPU with bfloat16 instructions.
   * TensorFlow's graph pass for it has no effect on GPUs.
   */
  readonly bfloat16: boolean;
}

/** Options of {@linkcode engine}. */
export interface EngineOptions {
  /**
   * Required backend; no other is tried if it cannot be started.
   *
   * @default {the environment variable `NBN_BACKEND`, else the fastest that works}
   */
  backend?: BackendName;
}

const NAMES: readonly BackendName[] = ["tensorflow", "wasm", "cpu"];

let chosen: Promise<Engine> | undefined;

/**
 * Starts the engine on the first call; later calls return the same engine.
 *
 * Never downloads libtensorflow (`deno task setup` does). Prints one line to standard error when falling back to
 * another backend.
 *
 * @param options Required backend, if any.
 * @returns The running backend and why it was selected.
 * @throws {EngineError} If the required backend cannot be started, or another one is already running.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { engine, tf } from "@nbn/toolkit/engine";
 *
 * const { backend } = await engine();
 * assertEquals(tf.getBackend(), backend);
 * ```
 */
export async function engine(options: EngineOptions = {}): Promise<Engine> {
  const first = chosen === undefined;
  chosen ??= choose(options.backend ?? wanted());
  let running: Engine;
  try {
    running = await chosen;
  } catch (error) {
    chosen = undefined;
    throw error;
  }
  if (!first && options.backend && options.backend !== running.backend) {
    throw new EngineError(
      `Expected the backend ${options.backend} but ${running.backend} runs already: ` +
        `ask for it in the first call of engine()`,
    );
  }
  return running;
}

/** The backend required by the environment, if any. */
function wanted(): BackendName | undefined {
  const name = Deno.env.get("NBN_BACKEND");
  if (!name) return undefined;
  if ((NAMES as readonly string[]).includes(name)) return name as BackendName;
  throw new EngineError(
    `Expected NBN_BACKEND to be one of ${NAMES.join(", ")} but found "${name}"` +
      didYouMean(name, NAMES),
  );
}

async function choose(insisted: BackendName | undefined): Promise<Engine> {
  if (insisted) return await start(insisted, "as asked for");
  try {
    return await start("tensorflow", "the fastest");
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const why = error.message;
    let fallback: Engine;
    try {
      fallback = await start("wasm", why);
    } catch {
      fallback = await start("cpu", why);
    }
    console.warn(`Running on the slower ${fallback.backend} backend: ${why}`);
    return fallback;
  }
}

async function start(backend: BackendName, reason: string): Promise<Engine> {
  const cores = `CPU (${navigator.hardwareConcurrency} cores)`;
  if (backend === "wasm") {
    return { backend, version: await startWasm(), device: cores, reason, bfloat16: false };
  }
  if (backend === "cpu") {
    const version = await startCpu();
    return { backend, version, device: "CPU (1 core)", reason, bfloat16: false };
  }
  const found = await locateLibtensorflow();
  if (!found) {
    throw new EngineError(
      `Expected libtensorflow but found none: "${PROGRAM} setup" installs it, or NBN_LIBTENSORFLOW names its folder`,
    );
  }
  const { version, devices } = await startTensorflow(found.folder);
  const gpus = devices.filter((device) => device.type === "GPU").length;
  return {
    backend,
    version,
    device: gpus > 0 ? (gpus > 1 ? `GPU (${gpus})` : "GPU") : cores,
    reason: `${reason}: libtensorflow from ${found.source}`,
    bfloat16: gpus === 0 && await processorHasBfloat16(),
  };
}

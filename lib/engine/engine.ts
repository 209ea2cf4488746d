/**
 * Choosing what computes: libtensorflow where it can be had, else WebAssembly, else plain JavaScript.
 *
 * @module
 */
import { didYouMean } from "../core/did_you_mean.ts";
import { EngineError } from "../core/errors.ts";
import { startCpu, startWasm } from "./fallback/mod.ts";
import { locateLibtensorflow } from "./install/locate.ts";
import { hasBfloat16, processorDescription } from "./processor.ts";
import { startTensorflow } from "./tensorflow/start.ts";

/** A backend by the name that `NBN_BACKEND` takes. */
export type BackendName = "tensorflow" | "wasm" | "cpu";

/** What computes. */
export interface Engine {
  /** Which backend. */
  readonly backend: BackendName;
  /** Version of TensorFlow, or of TensorFlow.js on the fallback backends. */
  readonly version: string;
  /** Processor it runs on, for instance `CPU (2 cores)` or `GPU`. */
  readonly device: string;
  /** Why this backend, in one line. */
  readonly reason: string;
  /**
   * Whether `precision: "bf16"` is faster than float32 here: on processors that multiply bfloat16 numbers. On GPUs
   * TensorFlow's pass for it does nothing.
   */
  readonly bfloat16: boolean;
}

/** Options of {@linkcode engine}. */
export interface EngineOptions {
  /**
   * The backend to use, or to fail.
   *
   * @default {the environment variable `NBN_BACKEND`, else the fastest that works}
   */
  backend?: BackendName;
}

const NAMES: readonly BackendName[] = ["tensorflow", "wasm", "cpu"];

let chosen: Promise<Engine> | undefined;

/**
 * Starts the engine: the first call decides, later ones return the same.
 *
 * Nothing is downloaded; `deno task setup` does that. A fallback is announced in one line on
 * standard error.
 *
 * @param options A backend to insist on.
 * @returns What was chosen and why.
 * @throws {EngineError} If the backend insisted on cannot be started, or another one runs already.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { tf } from "../deps/tfjs.ts";
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

/** The backend that the environment insists on, if any. */
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
      "Expected libtensorflow but found none: `deno task setup` installs it, or NBN_LIBTENSORFLOW names its folder",
    );
  }
  const { version, devices } = await startTensorflow(found.folder);
  const gpus = devices.filter((device) => device.type === "GPU").length;
  return {
    backend,
    version,
    device: gpus > 0 ? (gpus > 1 ? `GPU (${gpus})` : "GPU") : cores,
    reason: `${reason}: libtensorflow from ${found.source}`,
    bfloat16: gpus === 0 && hasBfloat16(await processorDescription()),
  };
}

/**
 * Selection of the backend: libtensorflow if available, else WebAssembly, else plain JavaScript; and of the device that
 * traced functions run on.
 *
 * @module
 */
import { PROGRAM } from "../core/program.ts";
import { counted } from "../core/counted.ts";
import { didYouMean } from "../core/did_you_mean.ts";
import { EngineError } from "../core/errors.ts";
import { type DeviceName, deviceName } from "./device_name.ts";
import { startCpu, startWasm } from "./fallback/mod.ts";
import { locateLibtensorflow } from "./install/locate.ts";
import { processorHasBfloat16 } from "./processor.ts";
import { openAccelerator } from "./pjrt/open_accelerator.ts";
import { startTensorflow } from "./tensorflow/start.ts";
import { currentBackend } from "./tensorflow/current_backend.ts";

/** Name of a backend, as in the environment variable `NBN_BACKEND`. */
export type BackendName = "tensorflow" | "wasm" | "cpu";

/** The running backend. */
export interface Engine {
  /** Name of the backend. */
  readonly backend: BackendName;
  /** Version of TensorFlow, or of TensorFlow.js on the fallback backends. */
  readonly version: string;
  /** Device that traced functions run on, for instance `CPU (2 cores)` or `NVIDIA H100 80GB HBM3 (cuda:0)`. */
  readonly device: string;
  /** Why this backend was selected, in one line. */
  readonly reason: string;
  /** Whether `precision: "bf16"` is faster than float32 here, which a CPU needs bfloat16 instructions for. */
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
  /**
   * Device that traced functions run on: `cpu`, `gpu`, `gpu:1`, `tpu`, or `auto` for an accelerator if there is one.
   * Several of a kind (`gpu:0,1`) compute each batch together, to the result of one. Operations outside of traced functions stay on the processor, and tensors move as they are needed. NVIDIA's GPUs
   * round the operands of float32 products to TF32, unless the environment variable `NBN_TF32` is 0.
   *
   * @default {the environment variable `NBN_DEVICE`, else `auto`}
   */
  prefer?: string;
}

const NAMES: readonly BackendName[] = ["tensorflow", "wasm", "cpu"];

let chosen: Promise<Engine> | undefined;
let preferred: string | undefined;

/**
 * Starts the engine on the first call; later calls return the same engine.
 *
 * Never downloads libtensorflow or a plugin for an accelerator (`deno task setup` does). Prints one line to standard
 * error when falling back to another backend, or to the processor although a plugin is installed.
 *
 * @param options Required backend and device, if any.
 * @returns The running backend and why it was selected.
 * @throws {EngineError} If the required backend or device cannot be started, or another one is already running.
 * @throws {UsageError} If there is no such device.
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
  const device = options.prefer ?? (Deno.env.get("NBN_DEVICE") || "auto");
  if (first) {
    preferred = device;
    chosen = choose(
      options.backend ?? wanted(),
      deviceName(device, options.prefer === undefined ? "NBN_DEVICE" : "the device"),
    );
  }
  let running: Engine;
  try {
    running = await chosen!;
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
  if (!first && options.prefer && !isInUse(options.prefer)) {
    throw new EngineError(
      `Expected the device ${options.prefer} but ${running.device} is in use already: ` +
        `ask for it in the first call of engine()`,
    );
  }
  return running;
}

/** Whether a device is the one in use: the processor is, too, where `auto` found no accelerator. */
function isInUse(name: string): boolean {
  const { kind } = deviceName(name);
  const { accelerator } = currentBackend();
  return kind === "auto" || name === preferred || (kind === "cpu" && accelerator === undefined);
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

async function choose(insisted: BackendName | undefined, device: DeviceName): Promise<Engine> {
  if (insisted) return await withDevice(await start(insisted, "as asked for"), device);
  try {
    return await withDevice(await start("tensorflow", "the fastest"), device);
  } catch (error) {
    if (!(error instanceof EngineError) || (device.kind !== "auto" && device.kind !== "cpu")) {
      throw error;
    }
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
  const cores = `CPU (${counted(navigator.hardwareConcurrency, "core")})`;
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
  return {
    backend,
    version: await startTensorflow(found.folder),
    device: cores,
    reason: `${reason}: libtensorflow from ${found.source}`,
    bfloat16: await processorHasBfloat16(),
  };
}

/** Lets traced functions run on an accelerator. */
async function withDevice(running: Engine, { kind, indices }: DeviceName): Promise<Engine> {
  if (kind === "cpu") return running;
  if (running.backend !== "tensorflow") {
    if (kind === "auto") return running;
    throw new EngineError(
      `Expected the tensorflow backend, which records what a ${kind} runs, but found ` +
        `${running.backend}: run \`deno task setup\`, or leave NBN_BACKEND out`,
    );
  }
  const note = (text: string) => console.warn(text);
  try {
    const accelerator = await openAccelerator({ kind, indices }, note);
    if (!accelerator) return running;
    currentBackend().accelerator = accelerator;
    const { client, devices, tf32 } = accelerator;
    const rounding = client.platform === "cuda" ? (tf32 ? ", TF32" : ", no TF32") : "";
    return {
      ...running,
      device: `${devices[0].kind} (${client.platform}:${indices}${rounding})`,
      reason: `${kind === "auto" ? "the fastest" : "as asked for"}: PJRT ${client.api.version}, ` +
        `recorded by ${running.reason.replace(/^.*: /, "")}`,
      bfloat16: client.platform !== "cpu",
    };
  } catch (error) {
    if (kind !== "auto" || !(error instanceof EngineError)) throw error;
    note(`Running on the processor: ${error.message}`);
    return running;
  }
}

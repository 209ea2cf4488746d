/**
 * Tests that run on every available backend and must not leak tensors.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { tf } from "../lib/deps/tfjs.ts";
import { engine } from "../lib/engine/engine.ts";
import { startCpu, startWasm } from "../lib/engine/fallback/mod.ts";
import { longTest } from "./long.ts";

const { backend: first } = await engine();
if (first !== "wasm") await startWasm();
if (first !== "cpu") await startCpu();
await tf.setBackend(first);

/** Available backends, fastest first. */
export const BACKENDS: readonly string[] = [...new Set([first, "wasm", "cpu"])];

/**
 * Options for trainings of a few steps: tracing a step for TensorFlow takes longer than ten steps of a small network,
 * so they run on WebAssembly, and with `deno task test --all` on both.
 */
export const WASM_FIRST = { only: ["tensorflow", "wasm"], long: ["tensorflow"] } as const;

/** With `deno task test --plugin`, registers tests on XLA's CPU plugin instead of on the backends. */
const testOnPlugin = Deno.env.get("NBN_TEST_PLUGIN") === "1"
  ? (await import("./engine/pjrt/on_plugin.ts")).testOnPlugin
  : undefined;

/**
 * Registers a test for each available backend.
 *
 * @param name Name of the test; the backend is added to it.
 * @param fn The test; it fails if it leaks tensors.
 * @param options `only`: backends to run on; `long`: those of them on which only `deno task test --all` runs it.
 */
export function testOnBackends(
  name: string,
  fn: (backend: string) => void | Promise<void>,
  options: { only?: readonly string[]; long?: readonly string[] } = {},
): void {
  if (testOnPlugin) {
    const { only = ["plugin"] } = options;
    if (only.includes("plugin") || only.includes("tensorflow")) testOnPlugin(name, fn);
    return;
  }
  for (const backend of BACKENDS) {
    if (options.only && !options.only.includes(backend)) continue;
    const register = options.long?.includes(backend) ? longTest : Deno.test;
    register(`${name} [${backend}]`, async () => {
      await tf.setBackend(backend);
      try {
        const before = tf.memory().numTensors;
        tf.engine().startScope();
        try {
          await fn(backend);
        } finally {
          tf.engine().endScope();
        }
        assertEquals(tf.memory().numTensors, before, "tensors were left behind");
      } finally {
        await tf.setBackend(first);
      }
    });
  }
}

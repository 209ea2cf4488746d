/**
 * Running traced functions on XLA's CPU plugin, beside TensorFlow.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { tf } from "../../../lib/deps/tfjs.ts";
import { engine } from "../../../lib/engine/engine.ts";
import { Accelerator } from "../../../lib/engine/pjrt/accelerator.ts";
import { Client } from "../../../lib/engine/pjrt/client.ts";
import { ProgramCache } from "../../../lib/engine/pjrt/program_cache.ts";
import { traced } from "../../../lib/engine/traced.ts";
import { PLUGIN, testWithPlugin } from "./plugin.ts";
import { currentBackend } from "../../../lib/engine/tensorflow/current_backend.ts";

// Compiling takes longer than running here, so programs are not optimised.
Deno.env.set("XLA_FLAGS", "--xla_backend_optimization_level=0");
const { backend } = await engine();
const isReady = backend === "tensorflow" && PLUGIN !== undefined;
const client = isReady ? Client.open(PLUGIN!) : undefined;

const folder = await Deno.makeTempDir({ prefix: "nbn-programs-" });

/** The plugin's first devices, together, without programs kept from before. */
export function devices(count: number): Accelerator {
  const some = client!.devices.slice(0, count);
  const cache = new ProgramCache(client!, some, { folder, identity: `test of ${count}` });
  return new Accelerator(client!, some, cache, { tf32: true });
}

/** The plugin's first device. */
export const accelerator: Accelerator | undefined = client && devices(1);

/** Runs a function while traced functions run on the plugin, by default on its first device. */
export async function onPlugin<T>(run: () => T | Promise<T>, on = accelerator): Promise<T> {
  const backend = currentBackend(), before = backend.accelerator;
  backend.accelerator = on;
  try {
    return await run();
  } finally {
    backend.accelerator = before;
  }
}

/**
 * Registers a test whose traced functions run on the plugin. It fails if it leaves tensors, or memory of the device,
 * behind.
 *
 * @param name Name of the test.
 * @param fn The test.
 */
export function testOnPlugin(
  name: string,
  fn: (backend: string) => void | Promise<void>,
): void {
  if (PLUGIN && !isReady) {
    Deno.test({ name: `${name} (skipped: no libtensorflow)`, ignore: true, fn: () => {} });
    return;
  }
  testWithPlugin(`${name} [plugin]`, async () => {
    const tensors = tf.memory().numTensors, buffers = accelerator!.client.buffers;
    await onPlugin(async () => {
      tf.engine().startScope();
      try {
        await fn("plugin");
      } finally {
        tf.engine().endScope();
      }
    });
    assertEquals(tf.memory().numTensors, tensors, "tensors were left behind");
    assertEquals(accelerator!.client.buffers, buffers, "memory of the device was left behind");
  });
}

/** Traces a function, runs it once on the plugin and returns the values of its outputs. */
export async function valuesOnPlugin(
  fn: (...inputs: tf.Tensor[]) => tf.Tensor[],
  inputs: readonly tf.Tensor[],
  options: Parameters<typeof traced>[1] = {},
): Promise<(readonly number[])[]> {
  const run = traced((inputs: readonly tf.Tensor[]) => fn(...inputs), options);
  const outputs = await run(inputs);
  const values = await Promise.all(outputs.map(async (output) => Array.from(await output.data())));
  tf.dispose(outputs);
  run.dispose();
  return values;
}

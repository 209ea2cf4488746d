/**
 * Recording what an accelerator would run.
 *
 * @module
 */
import { Accelerator } from "../../lib/engine/pjrt/accelerator.ts";
import type { Client } from "../../lib/engine/pjrt/client.ts";
import { currentBackend } from "../../lib/engine/tensorflow/current_backend.ts";

/**
 * Lowers the first traced function that is called, without compiling it.
 *
 * @param client A client of any plugin, which takes the tensors.
 * @param run Calls the function; it is stopped there by an exception.
 * @param options `tf32`: whether products and convolutions may be rounded to TF32; `devices`: how many run it together.
 * @returns The StableHLO module.
 */
export async function recordedModule(
  client: Client,
  run: () => Promise<unknown>,
  { tf32 = true, devices = 1 }: { tf32?: boolean; devices?: number } = {},
): Promise<string> {
  const backend = currentBackend(), before = backend.accelerator;
  const caught = new Error("the module is known");
  let module = "";
  const programs = {
    program(text: string) {
      module = text;
      return Promise.reject(caught);
    },
  };
  backend.accelerator = new Accelerator(client, client.devices.slice(0, devices), programs, {
    tf32,
  });
  try {
    await run();
  } catch (error) {
    if (error !== caught) throw error;
  } finally {
    backend.accelerator = before;
  }
  return module;
}

/**
 * The line about the engine.
 *
 * @module
 */
import { engine, type MemoryUse } from "../../engine/engine.ts";

/** Starts the engine, and prints which and why. */
export async function startEngine(isShown = true, memory?: MemoryUse): Promise<void> {
  const { backend, version, device, reason } = await engine({ memory });
  if (isShown) console.error(`${backend} ${version} on ${device}, ${reason}`);
}

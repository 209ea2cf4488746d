/**
 * The line about the engine.
 *
 * @module
 */
import { engine } from "../../engine/engine.ts";

/** Starts the engine, and prints which and why. */
export async function startEngine(isShown = true): Promise<void> {
  const { backend, version, device, reason } = await engine();
  if (isShown) console.error(`${backend} ${version} on ${device}, ${reason}`);
}

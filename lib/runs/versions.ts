/**
 * Versions of the software that a run uses.
 *
 * @module
 */
import { VERSION } from "../core/version.ts";
import { tf } from "../deps/tfjs.ts";
import type { Engine } from "../engine/engine.ts";

/**
 * Returns the versions of everything that a result depends on.
 *
 * @param engine The engine.
 * @returns Version by name.
 */
export function versions({ backend, version }: Engine): Record<string, string> {
  return {
    toolkit: VERSION,
    deno: Deno.version.deno,
    tfjs: tf.version.tfjs,
    [backend]: version,
  };
}

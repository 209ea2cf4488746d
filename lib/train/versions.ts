/**
 * Which versions a run was made with.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";
import type { Engine } from "../engine/engine.ts";

/** Version of this library; a test holds it to the one in deno.json. */
export const VERSION = "0.1.0";

/**
 * Versions of everything that a result depends on.
 *
 * @param engine What computes.
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

/**
 * Writer of protocol buffers, loaded when a network is first exported.
 *
 * @module
 */
import { ON_USE } from "./on_use.ts";

/** The message writer. */
export type PbfWriter = import("npm:pbf@5.1.2").PbfWriter;

/** Loads the package and returns its writer class. */
export async function pbfWriter(): Promise<typeof import("npm:pbf@5.1.2").PbfWriter> {
  return (await import(`npm:pbf@5.1.2/${ON_USE}`)).PbfWriter;
}

/**
 * Writing protocol buffers, loaded when a network is first exported. Its name is not a literal argument of `import`,
 * for those Deno downloads as soon as a file that holds them is imported.
 *
 * @module
 */

const PBF: string = "npm:pbf@5.1.2";

/** The class that writes messages. */
export type PbfWriter = import("npm:pbf@5.1.2").PbfWriter;

/** Loads the package. */
export async function pbfWriter(): Promise<typeof import("npm:pbf@5.1.2").PbfWriter> {
  return (await import(PBF)).PbfWriter;
}

/**
 * Writer of protocol buffers, loaded when a network is first exported. The specifier is not a literal argument of
 * `import()`, because Deno downloads literal specifiers as soon as the importing module is loaded.
 *
 * @module
 */

const PBF: string = "npm:pbf@5.1.2";

/** The message writer. */
export type PbfWriter = import("npm:pbf@5.1.2").PbfWriter;

/** Loads the package and returns its writer class. */
export async function pbfWriter(): Promise<typeof import("npm:pbf@5.1.2").PbfWriter> {
  return (await import(PBF)).PbfWriter;
}

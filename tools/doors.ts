/**
 * The doors of the package: `exports` of deno.json.
 *
 * @module
 */

const ROOT = new URL("../", import.meta.url);

/** A door: what a user imports, and the module behind it. */
export interface Door {
  /** Specifier, for instance `@nbn/toolkit/losses`. */
  readonly specifier: string;
  /** Path of the module in the project, for instance `./lib/losses/mod.ts`. */
  readonly path: string;
}

/**
 * Reads deno.json, without the lines that are comments.
 *
 * @returns The configuration.
 */
export function readConfig(): { name: string; exports: Record<string, string> } {
  const text = Deno.readTextFileSync(new URL("deno.json", ROOT));
  return JSON.parse(text.replaceAll(/^\s*\/\/.*$/gm, ""));
}

/**
 * Lists the doors.
 *
 * @returns The doors, the root first.
 */
export function doors(): Door[] {
  const { name, exports } = readConfig();
  return Object.entries(exports)
    .map(([key, path]) => ({ specifier: name + key.slice(1), path }));
}

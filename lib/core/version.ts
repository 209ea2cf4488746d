/**
 * The version of this library.
 *
 * @module
 */

/**
 * As in `deno.json`, to which a test holds it: that file is no plain JSON, and a script that imports `mod.ts` from
 * elsewhere cannot read it.
 */
export const VERSION = "0.1.0";

/**
 * The versions that a report of a defect begins with.
 *
 * @returns For instance `nbn 0.1.0, Deno 2.9.6, linux x86_64`.
 */
export function versionLine(): string {
  const { os, arch } = Deno.build;
  return `nbn ${VERSION}, Deno ${Deno.version.deno}, ${os} ${arch}`;
}

/**
 * The version of this library.
 *
 * @module
 */

/**
 * Duplicates the version in `deno.json` (a test compares them), since that file is not plain JSON and scripts that
 * import `mod.ts` remotely cannot read it.
 */
export const VERSION = "0.1.0";

/**
 * Returns the versions to quote in a bug report.
 *
 * @returns A line such as `nbn 0.1.0, Deno 2.9.6, linux x86_64`.
 */
export function versionLine(): string {
  const { os, arch } = Deno.build;
  return `nbn ${VERSION}, Deno ${Deno.version.deno}, ${os} ${arch}`;
}

/**
 * How the commands of this project are typed.
 *
 * @module
 */

/**
 * What precedes the name of a command: in a clone `deno task`; elsewhere `nbn`, the name under which
 * `deno install -g -A -n nbn jsr:@nbn/toolkit/cli` installs the command line.
 */
export const PROGRAM: string = import.meta.url.startsWith("file:") ? "deno task" : "nbn";

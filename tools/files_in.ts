/**
 * Files below a folder.
 *
 * @module
 */

/**
 * Lists the files below a folder, at any depth.
 *
 * @param folder The folder, ending in `/`.
 * @param ending Ending of their names.
 * @returns Their addresses.
 */
export function* filesIn(folder: URL, ending = ""): Generator<URL> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (isDirectory) yield* filesIn(new URL(`${name}/`, folder), ending);
    else if (name.endsWith(ending)) yield new URL(name, folder);
  }
}

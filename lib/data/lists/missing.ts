/**
 * Images that a list names and a folder does not hold.
 *
 * @module
 */
import { pathAt, type PathTable } from "../paths.ts";

/**
 * Looks for every file of a table, before a training begins that would come upon a missing one after hours.
 *
 * @param table The paths.
 * @returns Indices of those that are no files.
 */
export function missing(table: PathTable): number[] {
  const found: number[] = [];
  for (let i = 0; i < table.starts.length; i++) {
    // The synchronous call takes a third of the time of the other one.
    if (!isFile(pathAt(table, i))) found.push(i);
  }
  return found;
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

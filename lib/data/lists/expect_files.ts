/**
 * Checks that listed images exist.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";
import { pathAt, type PathTable } from "../paths.ts";
import { SHOWN, someOf } from "./some_of.ts";

/**
 * Checks that every file of a table exists, because training would otherwise fail on a missing one after hours.
 *
 * @param file The list, for the error message.
 * @param paths The paths.
 * @param place Returns where the list names an image, for instance ` (line 3)`; nothing by default.
 * @throws {DataError} If files are missing; all are counted, the first few named.
 */
export function expectFiles(
  file: string,
  paths: PathTable,
  place: (image: number) => string = () => "",
): void {
  const count = paths.starts.length, absent: number[] = [];
  for (let i = 0; i < count; i++) {
    // The synchronous call takes a third of the time of the asynchronous one.
    if (!isFile(pathAt(paths, i))) absent.push(i);
  }
  if (absent.length === 0) return;
  const relative = { ...paths, root: "" };
  const words = absent.slice(0, SHOWN).map((image) => pathAt(relative, image) + place(image));
  throw new DataError(
    `Expected the ${count} images of ${file} in ${paths.root} but ${absent.length} are missing: ` +
      `${someOf(words, absent.length)}; ` +
      `add them, or give the folder that paths are relative to as root`,
  );
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

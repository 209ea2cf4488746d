/**
 * Tells annotations of objects from those of whole images, which have the same layout.
 *
 * @module
 */
import { readJsonLists } from "./json_lists.ts";

/** Ends the reading of a file; its `found` is the answer. */
class Answer extends Error {
  constructor(readonly found: boolean) {
    super();
  }
}

/**
 * Whether a JSON file holds annotations of objects, as those of LVIS and COCO. Those of iNaturalist, which have one
 * class for each image, have no boxes. Reading ends at the first annotation.
 *
 * @param file Path of the file.
 * @returns Whether its first annotation has a box.
 * @throws {DataError} If the file cannot be read, or is no JSON up to its first annotation.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const file = await Deno.makeTempFile({ suffix: ".json" });
 * await Deno.writeTextFile(file, `{"annotations": [{"id": 1, "bbox": [0, 0, 2, 2]}]}`);
 * assertEquals(await holdsObjects(file), true);
 * await Deno.remove(file);
 * ```
 */
export async function holdsObjects(file: string): Promise<boolean> {
  try {
    await readJsonLists(file, (list, entry) => {
      if (list !== "annotations") return;
      throw new Answer(typeof entry === "object" && entry !== null && "bbox" in entry);
    });
  } catch (error) {
    if (error instanceof Answer) return error.found;
    throw error;
  }
  return false;
}

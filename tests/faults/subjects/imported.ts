/**
 * An import over the one before, of images that alternate between two folders.
 *
 * @module
 */
import { DataError } from "../../../lib/core/errors.ts";
import { exists } from "../../../lib/core/exists.ts";
import { importFolder } from "../../../lib/data/import.ts";
import { openData } from "../../../lib/data/open.ts";
import { writeImageFolder } from "../../../lib/data/write_image_folder.ts";
import type { Subject } from "../subjects.ts";

const SIDE = 8;

/** A folder of packed sets. */
export const imported: Subject = {
  async prepare(folder) {
    for (const grey of [0, 1]) {
      for (const set of ["train", "test"]) {
        await writeImageFolder(`${folder}-images-${grey}/${set}`, {
          name: "grey",
          classNames: ["a", "b"],
          labels: Int32Array.of(0, 1),
          shape: [SIDE, SIDE, 3],
          mean: [0, 0, 0],
          std: [1, 1, 1],
          images: { kind: "pixels", pixels: new Uint8Array(2 * SIDE * SIDE * 3).fill(grey) },
        });
      }
    }
  },
  async write(folder, version) {
    await importFolder(`${folder}-images-${version % 2}`, folder);
  },
  async check(folder, written) {
    if (!await exists(`${folder}/train.pack`)) return 0;
    try {
      const { train, test } = await openData(folder);
      const greys = [train, test].map(({ images }) => images.kind === "pixels" && images.pixels[0]);
      if (greys[0] !== greys[1]) throw new Error(`the sets are of ${greys.join(" and ")}`);
      return greys[0] === written % 2 ? written : written + 1;
    } catch (error) {
      if (error instanceof DataError && error.message.includes("of one import")) return "refused";
      throw error;
    }
  },
};

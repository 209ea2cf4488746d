/**
 * A packed data set: the version is its name and every pixel.
 *
 * @module
 */
import { exists } from "../../../lib/core/exists.ts";
import { readPacked, writePacked } from "../../../lib/data/packed.ts";
import type { Subject } from "../subjects.ts";

const IMAGES = 40, SIDE = 32;

/** A packed file. */
export const packed: Subject = {
  async write(folder, version) {
    await Deno.mkdir(folder, { recursive: true });
    await writePacked(`${folder}/train.pack`, {
      name: String(version),
      classNames: ["a", "b"],
      labels: Int32Array.from({ length: IMAGES }, (_, i) => i % 2),
      shape: [SIDE, SIDE, 3],
      mean: [0, 0, 0],
      std: [1, 1, 1],
      images: {
        kind: "pixels",
        pixels: new Uint8Array(IMAGES * SIDE * SIDE * 3).fill(version % 256),
      },
    });
  },
  async check(folder) {
    if (!await exists(`${folder}/train.pack`)) return 0;
    const { name, images } = await readPacked(`${folder}/train.pack`);
    const isWhole = images.kind === "pixels" &&
      images.pixels.every((pixel) => pixel === Number(name) % 256);
    if (!isWhole) throw new Error(`version ${name} has pixels of another`);
    return Number(name);
  },
};

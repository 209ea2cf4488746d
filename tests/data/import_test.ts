/**
 * Checks of an import before it decodes images, and of what it leaves.
 *
 * @module
 */
import { assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../lib/core/errors.ts";
import { importFolder, openData } from "../../lib/data/mod.ts";
import { inFolder } from "../in_folder.ts";
import { writePicture, writePictures } from "./pictures.ts";

/** A PNG file truncated after its header, which contains the size. */
function pngOfSize(width: number, height: number): Uint8Array {
  const bytes = new Uint8Array(33);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  bytes.set([8, 2], 24);
  return bytes;
}

Deno.test("importFolder() requires a size when image sizes differ and prints the memory needed", () =>
  inFolder(async (folder) => {
    await writePictures(folder);
    const photograph = `${folder}/train/blue/0.jpg`;
    await Deno.writeFile(photograph, pngOfSize(4032, 3024));
    const out = `${folder}/out`;
    await assertRejects(
      () => importFolder(folder, out),
      DataError,
      "but found 12 × 10 to 4032 × 3024 pixels: give --size. At 4032 × 3024, the size of the first, " +
        "the 12 images would take 438.9 MB in memory and on disk, with --size 64 147.5 kB",
    );
    await writePicture(photograph, [1, 2, 3], { width: 1, height: 1 });
    await assertRejects(
      () => importFolder(folder, out),
      DataError,
      "found 1 × 1 to 12 × 10 pixels",
    );
    assertEquals(await Deno.stat(out).catch(() => "none"), "none");
    const { split } = await importFolder(folder, out, { size: 8 });
    assertEquals([split.train.shape, split.test.shape], [[8, 8, 3], [8, 8, 3]]);
    // Sizes of unreadable images are ignored.
    await Deno.writeTextFile(photograph, "damaged");
    const { split: rest } = await importFolder(folder, out, { skipBad: true });
    assertEquals(rest.train.shape, [10, 12, 3]);
  }));

Deno.test("importFolder() throws beforehand when half of the memory does not suffice", () =>
  inFolder(async (folder) => {
    await writePictures(folder);
    const bytes = 12 * 12 * 10 * 3;
    const open = (memory: number, size?: number) =>
      importFolder(folder, `${folder}/out`, { memory, size });
    await assertRejects(
      () => open(2 * bytes - 2),
      DataError,
      "half of the 8.6 kB of memory but found 4.3 kB of 12 images of 12 × 10 pixels",
    );
    await assertRejects(() => open(1e9, 5000), DataError, "900.0 MB of 12 images of 5000 × 5000");
    assertEquals((await open(2 * bytes)).images, { train: 6, test: 6 });
  }));

Deno.test("importFolder() does not mix sets of different folders", () =>
  inFolder(async (folder) => {
    await writePictures(`${folder}/one`);
    await writePictures(`${folder}/other`);
    await Deno.rename(`${folder}/other/test`, `${folder}/other/val`);
    await importFolder(`${folder}/one`, `${folder}/out`);
    await assertRejects(
      () => importFolder(`${folder}/other`, `${folder}/out`),
      DataError,
      "but found test.pack: remove it, or write to another folder",
    );
  }));

Deno.test("sets of two imports, as a killed one leaves them, are refused until the import is repeated", () =>
  inFolder(async (folder) => {
    await writePictures(folder);
    const out = `${folder}/out`;
    await importFolder(folder, out, { size: 8 });
    const earlier = await Deno.readFile(`${out}/train.pack`);
    await writePicture(`${folder}/train/blue/0.jpg`, [1, 2, 3]);
    await importFolder(folder, out, { size: 8 });
    const { train } = await openData(out);
    // The training set is written last.
    await Deno.writeFile(`${out}/train.pack`, earlier);
    await assertRejects(() => openData(out), DataError, "of one import but found two");
    await Deno.writeTextFile(`${out}/test.pack.1.part`, "half");
    await importFolder(folder, out, { size: 8 });
    assertEquals((await openData(out)).train.images, train.images);
    assertEquals([...Deno.readDirSync(out)].map(({ name }) => name).sort(), [
      "test.pack",
      "train.pack",
    ]);
  }));

/**
 * Images with an EXIF orientation: counted by inspection, and rotated upright on request.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { inspectCommand } from "../../../lib/cli/data/inspect.ts";
import { rotatedLines } from "../../../lib/cli/data/rotated_report.ts";
import { readHeader } from "../../../lib/data/images/read_header.ts";
import {
  imageFolder,
  imageList,
  importFolder,
  loadImages,
  orderedBatches,
} from "../../../lib/data/mod.ts";
import { chunkBytes } from "../../../lib/data/images/riff.ts";
import { subset } from "../../../lib/data/subset.ts";
import { readPacked } from "../../../lib/data/packed.ts";
import { inputOf } from "../../../lib/runs/model_input.ts";
import { rotatedImages } from "../../../lib/data/images/rotated.ts";
import { train } from "../../../lib/train/train.ts";
import { openRun } from "../../../lib/runs/open_run.ts";
import { captured } from "../../cli/capture.ts";
import { inFolder } from "../../in_folder.ts";
import { goldenFile } from "./golden.ts";

const NAMES = [1, 2, 6, 8].map((orientation) => `orientation-${orientation}.jpg`);

/** Writes `train` and `test` with a class of JPEG files and one of PNG and WebP files. */
async function writeRotated(folder: string): Promise<void> {
  for (const set of ["train", "test"]) {
    await Deno.mkdir(`${folder}/${set}/a`, { recursive: true });
    await Deno.mkdir(`${folder}/${set}/b`);
    for (const name of NAMES) {
      await Deno.writeFile(`${folder}/${set}/a/${name}`, goldenFile(name).bytes);
    }
    for (const name of ["orientation.png", "orientation.webp", "lossy.webp"]) {
      await Deno.writeFile(`${folder}/${set}/b/${name}`, goldenFile(name).bytes);
    }
  }
}

Deno.test("images with an EXIF rotation are counted from their headers", () =>
  inFolder(async (folder) => {
    await writeRotated(folder);
    const dataset = await imageFolder(`${folder}/train`);
    const { checked, count } = await rotatedImages(dataset);
    assertEquals([checked, count], [7, 5]);
    // Every second image: 0, 2 and 4, of which the second is rotated.
    assertEquals(await rotatedImages(dataset, { max: 3 }).then(({ count }) => count), 1);
    const [line] = await rotatedLines([dataset], false);
    assertStringIncludes(line, "5 of 7 images in train were stored rotated by a camera");
    assertStringIncludes(line, `${folder}/train/a/orientation-2.jpg`);
    const { code, stdout } = await captured(() =>
      Promise.resolve(inspectCommand.run({}, [folder], []))
    );
    assertEquals(code, 0);
    assertStringIncludes(stdout, line);
  }));

Deno.test("readHeader() finds segments beyond the first block of a large file", () =>
  inFolder(async (folder) => {
    const jpeg = goldenFile("orientation-6.jpg").bytes, webp = goldenFile("orientation.webp").bytes;
    // A comment of 65,533 bytes after the EXIF data, so that the size is beyond the first block that is read.
    const comment = new Uint8Array(65_537);
    comment.set([0xff, 0xfe, 0xff, 0xff]);
    const behindExif = exifEnd(jpeg);
    const large = Uint8Array.from([
      ...jpeg.subarray(0, behindExif),
      ...comment,
      ...jpeg.subarray(behindExif),
    ]);
    await Deno.writeFile(`${folder}/large.jpg`, large);
    const filler = chunkBytes({ name: "fill", data: new Uint8Array(1e5) });
    const at = [...webp].findIndex((_, i) =>
      String.fromCharCode(...webp.subarray(i, i + 4)) === "EXIF"
    );
    const late = Uint8Array.from([...webp.subarray(0, at), ...filler, ...webp.subarray(at)]);
    await Deno.writeFile(`${folder}/late.webp`, late);
    const size = { width: 5, height: 3 };
    for (const [name, orientation] of [["large.jpg", 6], ["late.webp", 8]] as const) {
      const { width, height, orientation: recorded } = await readHeader(`${folder}/${name}`);
      assertEquals([{ width, height }, recorded], [size, orientation]);
    }
  }));

Deno.test("folders, lists and imports apply the EXIF rotation on request", () =>
  inFolder(async (folder) => {
    await writeRotated(folder);
    await Deno.writeTextFile(`${folder}/list.txt`, "train/a/orientation-6.jpg 0");
    for (const exif of [false, true]) {
      const { shape, pixels } = exif ? goldenFile(NAMES[2]).upright! : goldenFile(NAMES[2]);
      const [height, width] = shape;
      const options = { exif, size: 3, mean: [0, 0, 0], std: [1, 1, 1] };
      const ofFolder = await imageFolder(`${folder}/train`, options);
      const ofList = await imageList(`${folder}/list.txt`, options);
      const batch = async (dataset: typeof ofList, image: number) => {
        for await (const { images } of orderedBatches(dataset, { batch: 7 })) {
          return Array.from(
            images.subarray(27 * image, 27 * (image + 1)),
            (v) => Math.round(255 * v),
          );
        }
      };
      assertEquals(await batch(ofFolder, 2), await batch(ofList, 0));
      const { dataset } = await loadImages(ofList);
      assert(dataset.images.kind === "pixels");
      assertEquals(dataset.shape, [height, width, 3]);
      assertEquals([...dataset.images.pixels], [...pixels]);
    }
    const [stored, turned] = await Promise.all([false, true].map(async (exif) => {
      const { split } = await importFolder(folder, `${folder}/${exif}`, { exif, size: 4 });
      return split.train.images;
    }));
    assert(stored.kind === "pixels" && turned.kind === "pixels");
    for (const exif of [false, true]) {
      const packed = subset(await readPacked(`${folder}/${exif}/train.pack`), [0]);
      assertEquals(
        inputOf(packed).exif ?? false,
        exif,
        "predict prepares images as the import did",
      );
    }
    const image = (
      from: Uint8Array,
      index: number,
    ) => [...from.subarray(48 * index, 48 * (index + 1))];
    assertEquals(image(turned.pixels, 0), image(stored.pixels, 0));
    for (const index of [1, 2, 3, 5, 6]) {
      assert(
        `${image(turned.pixels, index)}` !== `${image(stored.pixels, index)}`,
        `image ${index}`,
      );
    }
  }));

Deno.test("a run records its EXIF rotation and pixel limit", () =>
  inFolder(async (folder) => {
    await writeRotated(folder);
    const out = `${folder}/run`, data = { folder, size: 8, exif: true, maxPixels: 400 };
    const recipe = "images/ce";
    const architecture = "resnet8";
    await train({ recipe, architecture, data, out, iterations: 1, batch: 2, workers: 0 });
    const config = JSON.parse(await Deno.readTextFile(`${out}/config.json`));
    assertEquals([config.training.data.exif, config.training.data.maxPixels], [1, 400]);
    const run = await openRun(out);
    for (const { images } of [run.data.train, run.data.test]) {
      assert(images.kind === "files");
      assertEquals([images.exif, images.maxPixels], [true, 400]);
    }
    run.dispose();
  }));

/** Returns the end of the EXIF segment of a JPEG file. */
function exifEnd(jpeg: Uint8Array): number {
  const at = jpeg.findIndex((byte, i) => byte === 0xff && jpeg[i + 1] === 0xe1);
  return at + 2 + 256 * jpeg[at + 2] + jpeg[at + 3];
}

/**
 * Image folders, lists, decoding and packing, from real files.
 *
 * @module
 */
import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../lib/core/errors.ts";
import { rng } from "../../lib/core/rng.ts";
import {
  builtin,
  type ImageDataset,
  imageFolder,
  importFolder,
  loadImages,
  openData,
  orderedBatches,
  pathAt,
  readPacked,
  writeImageFolder,
} from "../../lib/data/mod.ts";
import { pathTable } from "../../lib/data/paths.ts";
import { attachJpeg, sharedJpeg } from "../../lib/data/native_jpeg.ts";
import { decodeJpeg, encodeJpeg } from "../../lib/deps/image_codecs.ts";
import { inFolder } from "../cli/task.ts";
import { writePicture, writePictures } from "./pictures.ts";

Deno.test("imageFolder() lists JPEG, PNG and WebP by class, sorted", () =>
  inFolder(async (folder) => {
    await writePictures(folder);
    await Deno.writeTextFile(`${folder}/train/blue/notes.txt`, "not an image");
    const { classNames, labels, images } = await imageFolder(`${folder}/train`);
    assertEquals([classNames, [...labels]], [["blue", "red"], [0, 0, 0, 1, 1, 1]]);
    assert(images.kind === "files");
    const paths = labels.entries().map(([image]) => pathAt(images.paths, image));
    assertEquals([...paths.map((path) => path.slice(folder.length))], [
      ...["/train/blue/0.jpg", "/train/blue/1.png", "/train/blue/2.webp"],
      ...["/train/red/more/0.jpg", "/train/red/more/1.png", "/train/red/more/2.webp"],
    ]);
  }));

Deno.test("images of any format and size are decoded and resized", () =>
  inFolder(async (folder) => {
    await writePictures(folder);
    await writePicture(`${folder}/train/blue/0.jpg`, [0, 20, 200], { width: 40, height: 7 });
    const listed = await imageFolder(`${folder}/train`);
    const { dataset } = await loadImages(listed, { size: 8 });
    assertEquals(dataset.shape, [8, 8, 3]);
    assert(dataset.images.kind === "pixels");
    const expected = [[0, 20, 200], [10, 20, 200], [20, 20, 200], [220, 30, 0], [220, 30, 10]];
    for (const [i, colour] of expected.entries()) {
      for (const [c, value] of colour.entries()) {
        // JPEG and WebP change colours slightly.
        assertAlmostEquals(dataset.images.pixels[i * 192 + 93 + c], value, 6);
      }
    }
  }));

const shared = await sharedJpeg();
Deno.test({
  name: shared
    ? "JPEG files have the same pixels from TensorFlow and from WebAssembly"
    : "JPEG files from TensorFlow (skipped: libtensorflow is not installed)",
  ignore: !shared,
  fn: comparePixels,
});

async function comparePixels() {
  const native = attachJpeg(shared!);
  const random = rng(4);
  for (const [width, height] of [[1, 1], [8, 8], [37, 53], [250, 17]]) {
    for (const quality of [30, 75, 100]) {
      const data = Uint8ClampedArray.from({ length: 4 * width * height }, (_, i) => {
        const x = (i >> 2) % width, y = Math.floor((i >> 2) / width);
        return 128 + 90 * Math.sin(x / (3 + i % 4) + y / 7) + 30 * random.uniform();
      });
      const file = await encodeJpeg({ width, height, data }, quality) as Uint8Array<ArrayBuffer>;
      const { data: rgba } = await decodeJpeg(file);
      const pixels = Uint8Array.from(
        { length: 3 * width * height },
        (_, i) => rgba[4 * Math.floor(i / 3) + i % 3],
      );
      const image = native(file)!;
      assertEquals([image.width, image.height], [width, height]);
      assertEquals(image.pixels, pixels);
    }
  }
  assertEquals(native(Uint8Array.of(0xff, 0xd8, 0xff, 0xd9)), undefined);
}

Deno.test("batches decode images from disk on demand", () =>
  inFolder(async (folder) => {
    await writePictures(folder);
    const { train } = await openData(folder, { size: 4 });
    let images = 0;
    for await (const batch of orderedBatches(train, { batch: 4 })) {
      images += batch.labels.length;
      const blue = batch.images[2] * train.std[2] + train.mean[2];
      if (batch.labels[0] === 0) assertAlmostEquals(blue, 200 / 255, 0.03);
    }
    assertEquals(images, 6);
  }));

Deno.test("importFolder() packs data that openData() reads", () =>
  inFolder(async (folder) => {
    await writePictures(folder);
    const { split } = await importFolder(folder, `${folder}/packed`);
    const { train, test } = await openData(`${folder}/packed`);
    assertEquals([train, test], [split.train, split.test]);
    assertEquals(train.shape, [10, 12, 3]);

    const file = `${folder}/packed/train.pack`, bytes = await Deno.readFile(file);
    for (const length of [0, 5, 11, 100, bytes.length - 1]) {
      await Deno.writeFile(file, bytes.subarray(0, length));
      await assertRejects(() => readPacked(file), DataError, file);
    }
    bytes[bytes.length - 1] ^= 1;
    await Deno.writeFile(file, bytes);
    await assertRejects(() => readPacked(file), DataError, "checksum");
  }));

Deno.test("damaged images are named and counted, and skipped only on request", () =>
  inFolder(async (folder) => {
    await writePictures(folder);
    const red = `${folder}/train/red/more`;
    await Deno.writeFile(`${red}/0.jpg`, new Uint8Array(0));
    const png = await Deno.readFile(`${red}/1.png`);
    await Deno.writeFile(`${red}/1.png`, png.subarray(0, png.length / 2));
    await Deno.writeTextFile(`${folder}/train/blue/x.jpg`, "no image at all");
    const whole = await imageFolder(`${folder}/train`);
    const error = await assertRejects(() => loadImages(whole), DataError, "3 cannot be used");
    for (const name of ["0.jpg", "1.png", "x.jpg"]) assert(error.message.includes(name));
    const { dataset, skipped } = await loadImages(whole, { skipBad: true });
    assertEquals([[...dataset.labels], skipped.length], [[0, 0, 0, 1], 3]);
    await Deno.writeFile(`${red}/2.webp`, new Uint8Array(9));
    await assertRejects(() => loadImages(whole, { skipBad: true }), DataError, "red");
  }));

Deno.test("imageFolder() and importFolder() throw on missing folders, classes and images", () =>
  inFolder(async (folder) => {
    await assertRejects(() => imageFolder(`${folder}/none`), DataError, "none");
    await assertRejects(() => imageFolder(folder), DataError, "no folder");
    await writePictures(folder);
    await Deno.rename(`${folder}/train/red`, `${folder}/red`);
    await assertRejects(() => importFolder(folder, `${folder}/out`), DataError, 'found "red"');
    await Deno.mkdir(`${folder}/train/red`);
    await assertRejects(() => importFolder(folder, `${folder}/out`), DataError, "class red");
    await Deno.rename(`${folder}/test`, `${folder}/others`);
    await assertRejects(
      () => importFolder(folder, `${folder}/out`),
      DataError,
      "to hold test or val to evaluate on but found only train",
    );
    assertEquals(await Deno.stat(`${folder}/out`).catch(() => "none"), "none");
  }));

Deno.test("imageFolder() reads what writeImageFolder() wrote, pixel by pixel", () =>
  inFolder(async (folder) => {
    const { train } = builtin({ max: 12, imbalance: 4, testImages: 1 });
    await writeImageFolder(`${folder}/train`, train);
    const { dataset } = await loadImages(await imageFolder(`${folder}/train`));
    assertEquals(dataset.classNames, [...train.classNames].sort());
    // Classes are numbered by name, and images of a class keep their order.
    const [before, after] = [train, dataset].map((set) => {
      assert(set.images.kind === "pixels");
      const { pixels } = set.images;
      return Object.groupBy(
        Array.from(set.labels, (label, i) => ({
          name: set.classNames[label],
          pixels: [...pixels.subarray(i * 3072, (i + 1) * 3072)],
        })),
        ({ name }) => name,
      );
    });
    assertEquals(after, before);
  }));

Deno.test("writeImageFolder() writes grayscale images and throws on other channel counts", () =>
  inFolder(async (folder) => {
    const grey: ImageDataset = {
      name: "grey",
      classNames: ["one"],
      labels: Int32Array.of(0),
      shape: [1, 2, 1],
      mean: [0],
      std: [1],
      images: { kind: "pixels", pixels: Uint8Array.of(10, 200) },
    };
    await writeImageFolder(folder, grey);
    const { dataset } = await loadImages(await imageFolder(folder));
    assert(dataset.images.kind === "pixels");
    assertEquals([...dataset.images.pixels], [10, 10, 10, 200, 200, 200]);
    await assertRejects(
      () =>
        writeImageFolder(folder, {
          ...grey,
          images: { kind: "files", paths: pathTable(["a.png"]), fit: "stretch" },
        }),
      DataError,
      "pixels in memory",
    );
    await assertRejects(
      () => writeImageFolder(folder, { ...grey, classNames: ["a/b"] }),
      DataError,
      'found "a/b"',
    );
    await assertRejects(
      () => writeImageFolder(`${folder}/one/0.png`, grey),
      DataError,
      "Expected to write to",
    );
  }));

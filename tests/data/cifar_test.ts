/**
 * CIFAR's file layouts, read from real files.
 *
 * @module
 */
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { gzipSync } from "node:zlib";
import { DataError } from "../../lib/core/errors.ts";
import { readPickle } from "../../lib/data/cifar/pickle.ts";
import { cifar10, cifar100 } from "../../lib/data/mod.ts";
import { openData } from "../../lib/data/open.ts";
import { inFolder } from "../cli/task.ts";
import { tar } from "./tar.ts";

const golden: {
  labels: number[];
  batches: Record<string, string>;
  hostile: Record<string, string>;
  names: string;
} = JSON.parse(await Deno.readTextFile(new URL("../golden/cifar.json", import.meta.url)));

const IMAGES = 3;
/** Returns a value of the golden images, in planar layout. */
const value = (i: number) => (i * 7 + 3) % 256;

/** Encodes one binary record per label, with the images of the golden pickles. */
function records(labels: readonly number[], coarse = false): Uint8Array {
  const size = 3072 + (coarse ? 2 : 1);
  const bytes = new Uint8Array(labels.length * size);
  labels.forEach((label, i) => {
    bytes[i * size + (coarse ? 1 : 0)] = label;
    for (let k = 0; k < 3072; k++) bytes[(i + 1) * size - 3072 + k] = value(i * 3072 + k);
  });
  return bytes;
}

const BINARY = {
  ...Object.fromEntries(
    [1, 2, 3, 4, 5].map((i) => [`data_batch_${i}.bin`, records([i, 0, 9])]),
  ),
  "test_batch.bin": records(golden.labels),
  "batches.meta.txt": new TextEncoder().encode(
    Array.from({ length: 10 }, (_, i) => `class ${i}\n`).join(""),
  ),
};

async function write(folder: string, files: Record<string, Uint8Array>): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  for (const [name, data] of Object.entries(files)) await Deno.writeFile(`${folder}/${name}`, data);
}

/** Asserts that an image of the test set equals the golden one, in interleaved layout. */
function assertGolden(pixels: Uint8Array, image: number): void {
  for (const i of [0, 1, 511, 1023]) {
    for (const c of [0, 1, 2]) {
      assertEquals(pixels[image * 3072 + 3 * i + c], value(image * 3072 + c * 1024 + i));
    }
  }
}

Deno.test("cifar10() reads the binary files from their folder or its parent", () =>
  inFolder(async (folder) => {
    await write(`${folder}/cifar-10-batches-bin`, BINARY);
    for (const path of [folder, `${folder}/cifar-10-batches-bin`]) {
      const { train, test } = await cifar10(path, { batchImages: IMAGES });
      assertEquals([...train.labels], [1, 2, 3, 4, 5].flatMap((i) => [i, 0, 9]));
      assertEquals([...test.labels], golden.labels);
      assertEquals(train.classNames[9], "class 9");
      assert(test.images.kind === "pixels");
      assertGolden(test.images.pixels, 2);
    }
  }));

Deno.test("cifar10() reads the archive and throws when it is truncated", () =>
  inFolder(async (folder) => {
    const packed = gzipSync(tar(
      Object.fromEntries(
        Object.entries(BINARY).map(([name, data]) => [`cifar-10-batches-bin/${name}`, data]),
      ),
    ));
    const file = `${folder}/cifar-10-binary.tar.gz`;
    await Deno.writeFile(file, packed);
    const { test } = await cifar10(folder, { batchImages: IMAGES });
    assertEquals([...test.labels], golden.labels);
    await Deno.writeFile(file, packed.subarray(0, packed.length / 2));
    await assertRejects(() => cifar10(file, { batchImages: IMAGES }), DataError, "truncated");
  }));

for (const kind of Object.keys(golden.batches)) {
  Deno.test(`cifar10() reads pickles written by ${kind}`, () =>
    inFolder(async (folder) => {
      const batch = Uint8Array.fromBase64(golden.batches[kind]);
      await write(folder, {
        ...Object.fromEntries([1, 2, 3, 4, 5].map((i) => [`data_batch_${i}`, batch])),
        test_batch: batch,
        "batches.meta": Uint8Array.fromBase64(golden.names),
      });
      const { test, train } = await cifar10(folder, { batchImages: IMAGES });
      assertEquals([...test.labels], golden.labels);
      assertEquals(train.labels.length, 15);
      assert(test.images.kind === "pixels");
      assertGolden(test.images.pixels, 1);
    }));
}

Deno.test("cifar100() reads the fine labels", () =>
  inFolder(async (folder) => {
    await write(folder, {
      "train.bin": records(Array.from({ length: 15 }, (_, i) => 85 + i), true),
      "test.bin": records([99, 0, 50], true),
      "fine_label_names.txt": new TextEncoder().encode(
        Array.from({ length: 100 }, (_, i) => `fine ${i}`).join("\n"),
      ),
    });
    const { test, train } = await cifar100(folder, { batchImages: IMAGES });
    assertEquals([...test.labels], [99, 0, 50]);
    assertEquals([train.labels[14], train.classNames[99]], [99, "fine 99"]);
  }));

Deno.test("readPickle() throws on code and on every truncation", () => {
  for (const [name, content] of Object.entries(golden.hostile)) {
    assertThrows(() => readPickle(Uint8Array.fromBase64(content), name), DataError, "Expected");
  }
  const whole = Uint8Array.fromBase64(golden.batches.python2);
  for (let length = 0; length < whole.length; length += length < 200 ? 1 : 997) {
    assertThrows(() => readPickle(whole.subarray(0, length), "part"), DataError);
  }
});

Deno.test("cifar10() throws on invalid files with the fault", () =>
  inFolder(async (folder) => {
    await assertRejects(() => cifar10(folder), DataError, "deno task data download cifar10");
    await write(folder, BINARY);
    await assertRejects(() => cifar10(folder), DataError, "30730000");
    const options = { batchImages: IMAGES };
    await write(folder, { "data_batch_3.bin": records([3, 10, 9]) });
    await assertRejects(() => cifar10(folder, options), DataError, "found 10 for image 1");
    await Deno.remove(`${folder}/data_batch_3.bin`);
    await assertRejects(() => cifar10(folder, options), DataError, "data_batch_3.bin");
    await assertRejects(() => openData(`${folder}/none`), DataError, "found none of them");
  }));

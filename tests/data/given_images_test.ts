import { assertEquals, assertRejects } from "@std/assert";
import { DataError } from "../../lib/core/errors.ts";
import { givenImages, type GivenImagesOptions } from "../../lib/data/given_images.ts";
import { pathAt } from "../../lib/data/paths.ts";
import { inFolder } from "../in_folder.ts";

const CLASSES = ["caf\u00e9", "heron", "stork"];

async function given(inputs: string[], options?: GivenImagesOptions) {
  const { paths, labels, notes } = await givenImages(inputs, CLASSES, options);
  return {
    images: Array.from(labels, (label, i) => [pathAt(paths, i), label]),
    notes,
  };
}

async function touch(...paths: string[]): Promise<void> {
  for (const path of paths) {
    await Deno.mkdir(path.replace(/\/[^/]*$/, ""), { recursive: true });
    await Deno.writeTextFile(path, "");
  }
}

Deno.test("givenImages() accepts files of any name and flat or nested folders, in the given order", () =>
  inFolder(async (folder) => {
    await touch(`${folder}/b/2.jpg`, `${folder}/b/1.png`, `${folder}/b/deep/er/3.webp`);
    await touch(`${folder}/a.upload`, `${folder}/b/._1.png`);
    const { images, notes } = await given([`${folder}/b/`, `${folder}/a.upload`]);
    assertEquals(images, [
      [`${folder}/b/1.png`, -1],
      [`${folder}/b/2.jpg`, -1],
      [`${folder}/b/deep/er/3.webp`, -1],
      [`${folder}/a.upload`, -1],
    ]);
    assertEquals(notes, [`not read in ${folder}/b/: 1 hidden file or folder (._1.png)`]);
  }));

Deno.test("givenImages() matches folder names to classes in normalised Unicode", () =>
  inFolder(async (folder) => {
    await touch(`${folder}/stork/1.jpg`, `${folder}/cafe\u0301/deep/2.jpg`, `${folder}/3.jpg`);
    await touch(`${folder}/stroks/heron/4.jpg`);
    const { images, notes } = await given([folder]);
    assertEquals(images, [
      [`${folder}/3.jpg`, -1],
      [`${folder}/cafe\u0301/deep/2.jpg`, 0],
      [`${folder}/stork/1.jpg`, 2],
      [`${folder}/stroks/heron/4.jpg`, -1],
    ]);
    assertEquals(notes, [
      `${folder}/stroks: no class has this name (did you mean stork?), so the class of 1 image is not known`,
    ]);
  }));

Deno.test("givenImages() reads lists without labels, as lines or as a column", () =>
  inFolder(async (folder) => {
    const list = `${folder}/list.txt`, table = `${folder}/table.csv`;
    await Deno.writeTextFile(list, "\ufeffmy photo 1.jpg\r\n\r\nsub/2.heic\r\n");
    await Deno.writeTextFile(table, 'id;File_Name\n7;"a; b.jpg"\n8;c.jpg\n');
    assertEquals((await given([list])).images, [
      [`${folder}/my photo 1.jpg`, -1],
      [`${folder}/sub/2.heic`, -1],
    ]);
    assertEquals((await given([table], { root: "/photos" })).images, [
      ["/photos/a; b.jpg", -1],
      ["/photos/c.jpg", -1],
    ]);
  }));

Deno.test("givenImages() reads lists whose labels are class names", () =>
  inFolder(async (folder) => {
    const list = `${folder}/list.txt`, table = `${folder}/table.csv`;
    await Deno.writeTextFile(list, "1.jpg stork\n2.jpg cafe\u0301\n");
    await Deno.writeTextFile(table, "path,label\n1.jpg,heron\n");
    assertEquals((await given([list, table])).images, [
      [`${folder}/1.jpg`, 2],
      [`${folder}/2.jpg`, 0],
      [`${folder}/1.jpg`, 1],
    ]);
    await Deno.writeTextFile(list, "1.jpg strok\n");
    await assertRejects(() => given([list]), DataError, "(did you mean stork?)");
    await Deno.writeTextFile(list, "1.jpg 0\n2.jpg 1\n");
    await assertRejects(() => given([list]), DataError, 'found "0"');
  }));

Deno.test("givenImages() reads numeric labels as class names when class names are numbers", () =>
  inFolder(async (folder) => {
    const list = `${folder}/list.txt`;
    await Deno.writeTextFile(list, "1.jpg 3\n2.jpg 1\n");
    const { labels } = await givenImages([list], ["0", "1", "2"], { labelsFrom: 1 });
    assertEquals([...labels], [2, 0]);
  }));

Deno.test("givenImages() throws when there are no images", () =>
  inFolder(async (folder) => {
    await touch(`${folder}/empty.txt`, `${folder}/notes/a.md`);
    const cases: [string[], string][] = [
      [[], "but found none"],
      [[`${folder}/none.jpg`], `at ${folder}/none.jpg`],
      [[`${folder}/notes`], "found none besides 1 file that is no image (a.md)"],
      [[`${folder}/empty.txt`], `Expected images in ${folder}/empty.txt`],
    ];
    for (const [inputs, message] of cases) {
      await assertRejects(() => given(inputs), DataError, message);
    }
  }));

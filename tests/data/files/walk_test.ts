/**
 * Images of a folder, and the counts of other files.
 *
 * @module
 */
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { DataError } from "../../../lib/core/errors.ts";
import { describeSkipped } from "../../../lib/data/files/skipped_content.ts";
import { walkClasses, walkImages } from "../../../lib/data/files/walk.ts";
import { imageFolder, pathAt } from "../../../lib/data/mod.ts";
import { inFolder } from "../../in_folder.ts";

/** Writes empty files and their parent folders. */
async function write(folder: string, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const path = `${folder}/${name}`;
    await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(path, "");
  }
}

Deno.test("walkImages() finds images by extension at any depth, sorted", () =>
  inFolder(async (folder) => {
    const names = ["a.jfif", "b/c.JPE", "b/c/d.jpeg", "b/d.webp", "b.Jpg", "z.png"];
    await write(folder, names);
    assertEquals(walkImages(folder), { paths: names.toSorted(), skipped: [] });
  }));

Deno.test("walkImages() skips and counts hidden and system files at every depth", () =>
  inFolder(async (folder) => {
    await write(folder, [
      ...["a.jpg", "._a.jpg", ".DS_Store", "Thumbs.db"],
      ...["__MACOSX/b.jpg", "b/@eaDir/b.jpg", "b/c/.ipynb_checkpoints/b.jpg", ".Trash-0/b.jpg"],
    ]);
    const first = [".DS_Store", ".Trash-0", "._a.jpg"];
    assertEquals(walkImages(folder), {
      paths: ["a.jpg"],
      skipped: [{ reason: "hidden", count: 7, first }],
    });
  }));

Deno.test("walkImages() counts unsupported formats, other files and broken links", () =>
  inFolder(async (folder) => {
    await write(folder, ["a.jpg", "b/b.jxl", "b/c.JXL", "d.svg", "labels.csv", "README"]);
    await Deno.symlink("nowhere.jpg", `${folder}/b/lost.jpg`);
    await Deno.symlink("self", `${folder}/b/self`);
    const { paths, skipped } = walkImages(folder);
    assertEquals(paths, ["a.jpg"]);
    assertEquals(
      describeSkipped(skipped),
      "3 images in other formats, .jxl, .svg (b/b.jxl; b/c.JXL; d.svg), " +
        "2 broken links (b/lost.jpg; b/self), " +
        "2 files that are no images (README; labels.csv)",
    );
  }));

Deno.test("walkImages() follows links and visits every folder once", () =>
  inFolder(async (folder) => {
    await write(folder, ["elsewhere/more/1.jpg", "images/a/2.jpg", "images/z/3.jpg"]);
    await Deno.symlink("../elsewhere", `${folder}/images/linked`);
    await Deno.symlink("../z/3.jpg", `${folder}/images/a/file.jpg`);
    // A link to a folder that is also read directly, in either order.
    await Deno.symlink("../z", `${folder}/images/a/z`);
    await Deno.symlink("../elsewhere/more", `${folder}/images/more`);
    // Cycles: to itself, to a parent, to the root of the walk, and back from a linked folder.
    await Deno.symlink(".", `${folder}/images/a/self`);
    await Deno.symlink("..", `${folder}/images/a/up`);
    await Deno.symlink("../..", `${folder}/images/a/out`);
    await Deno.symlink("../../images", `${folder}/elsewhere/more/back`);
    const { paths, skipped } = walkImages(`${folder}/images`);
    assertEquals(paths, ["a/2.jpg", "a/file.jpg", "linked/more/1.jpg", "z/3.jpg"]);
    assertEquals(skipped.map(({ reason, count }) => [reason, count]), [["visited", 6]]);
  }));

Deno.test("walkImages() ignores pipes and devices", () =>
  inFolder(async (folder) => {
    await write(folder, ["a.jpg"]);
    await Deno.symlink("/dev/zero", `${folder}/endless.jpg`);
    const { paths, skipped } = walkImages(folder);
    assertEquals(paths, ["a.jpg"]);
    assertEquals(skipped, [{ reason: "no-image", count: 1, first: ["endless.jpg"] }]);
  }));

Deno.test("imageFolder() follows links to class folders and inside them", () =>
  inFolder(async (folder) => {
    await write(folder, ["disk/amber/1.jpg", "disk/more/2.jpg", "train/blue/3.jpg", "train/4.jpg"]);
    await write(folder, ["train/.git/5.jpg", "train/__MACOSX/blue/6.jpg", "train/blue/._3.jpg"]);
    await Deno.symlink("../disk/amber", `${folder}/train/amber`);
    await Deno.symlink("../../disk/more", `${folder}/train/blue/more`);
    const { classNames, labels, images } = await imageFolder(`${folder}/train`);
    assert(images.kind === "files");
    assertEquals([classNames, [...labels]], [["amber", "blue"], [0, 1, 1]]);
    const paths = Array.from(labels, (_, image) => pathAt(images.paths, image));
    const expected = ["amber/1.jpg", "blue/3.jpg", "blue/more/2.jpg"];
    assertEquals(paths, expected.map((path) => `${folder}/train/${path}`));
    assertEquals(images.skipped, [
      { reason: "no-class", count: 1, first: ["4.jpg"] },
      { reason: "hidden", count: 3, first: [".git", "__MACOSX", "blue/._3.jpg"] },
    ]);
  }));

Deno.test("imageFolder() assigns a linked image to the class of its target", () =>
  inFolder(async (folder) => {
    await write(folder, ["amber/1.jpg", "blue/2.jpg", "blue/deep/3.jpg"]);
    await Deno.symlink("../blue", `${folder}/amber/a`);
    await Deno.symlink("../blue/deep", `${folder}/amber/b`);
    const { classes, skipped } = walkClasses(folder);
    assertEquals(classes, [
      { name: "amber", paths: ["amber/1.jpg"] },
      { name: "blue", paths: ["blue/2.jpg", "blue/deep/3.jpg"] },
    ]);
    assertEquals(skipped, [{ reason: "visited", count: 2, first: ["amber/a", "amber/b"] }]);
  }));

Deno.test("imageFolder() throws on class links that are broken or point to another class", () =>
  inFolder(async (folder) => {
    await write(folder, ["blue/1.jpg"]);
    await Deno.symlink("nowhere", `${folder}/amber`);
    assertThrows(() => walkClasses(folder), DataError, "amber is broken");
    await Deno.remove(`${folder}/amber`);
    await Deno.symlink("blue", `${folder}/amber`);
    assertThrows(() => walkClasses(folder), DataError, "blue is the same folder as amber");
    await Deno.remove(`${folder}/amber`);
    for (const around of [".", "..", "../.."]) {
      await Deno.symlink(around, `${folder}/amber`);
      assertThrows(
        () => walkClasses(folder),
        DataError,
        "amber leads to one of its parent folders",
      );
      await Deno.remove(`${folder}/amber`);
    }
  }));

Deno.test("imageFolder() reports the content of a folder or class without images", () =>
  inFolder(async (folder) => {
    await write(folder, ["1.jpg", "2.jpg"]);
    const flat = "no folder in it besides 2 images outside the folders of classes (1.jpg; 2.jpg)";
    await assertRejects(() => imageFolder(folder), DataError, flat);
    await write(folder, ["cat/1.jxl"]);
    await assertRejects(() => imageFolder(folder), DataError, "class cat");
    await assertRejects(() => imageFolder(folder), DataError, "1 image in another format, .jxl");
    assertThrows(() => walkImages(`${folder}/none`), DataError, `${folder}/none`);
  }));

/**
 * `deno task train` on lists of real JPEG files of several sizes.
 *
 * @module
 */
import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { DataError } from "../../lib/core/errors.ts";
import { openRun } from "../../lib/runs/open_run.ts";
import { writeJpegList } from "../data/jpeg_list.ts";
import { assertRefuses, inFolder, task } from "./task.ts";

Deno.test("train reads a list, and evaluate reads the resulting run", () =>
  inFolder(async (folder) => {
    const { list, paths } = await writeJpegList(folder, { images: 240, name: "my_train.txt" });
    await writeJpegList(folder, { images: 9, name: "my_test.txt", first: 90 });
    // Lists in another folder, images in --root.
    await Deno.mkdir(`${folder}/lists`);
    for (const name of ["my_train.txt", "my_test.txt"]) {
      await Deno.rename(`${folder}/${name}`, `${folder}/lists/${name}`);
    }
    const data = ["--data", list.replace("my_train", "lists/my_train"), "--root", folder];
    const short = ["--iterations", "2", "--batch", "4", "--size", "64", "--network", "resnet18"];
    const run = `${folder}/run`;
    const trained = await task(
      "train",
      ...data,
      ...short,
      ...["--recipe", "images/ce+nbn+lr", "--out", run, "--json"],
    );
    assertEquals(trained.code, 0, trained.stderr);
    assertStringIncludes(trained.stderr, "resnet18 with");
    const [row] = JSON.parse(trained.stdout.trim().split("\n").at(-1)!);
    assertEquals(row.perClass.length, 3);
    const { training } = JSON.parse(await Deno.readTextFile(`${run}/config.json`));
    assertEquals(training.counts, [80, 80, 80]);
    assertEquals(training.stages[0].augment.map(({ name }: { name: string }) => name), [
      ...["random-resized-crop", "flip", "color-jitter"],
    ]);
    const evaluated = await task("evaluate", run, "--json");
    assertEquals(evaluated.code, 0, evaluated.stderr);
    assertEquals(JSON.parse(evaluated.stdout.trim().split("\n").at(-1)!).all, row.all);
    const refused = await assertRejects(() => openRun(run, { split: "val" }), DataError);
    assertStringIncludes(refused.message, "with val in place of train in its name, but found none");

    await Deno.writeFile(paths[5], (await Deno.readFile(paths[5])).subarray(0, 100));
    await Deno.remove(paths[6]);
    const args = [...data, ...short.slice(0, 4), "--recipe", "images/ce", "--network", "resnet8"];
    await assertRefuses("train", args, `1 are missing: images/0/my_train.txt-6.jpg (line 7)`);
    const skipped = await task("train", ...args, "--skip-bad", "--out", `${folder}/rest`);
    assertEquals(skipped.code, 0, skipped.stderr);
    assertStringIncludes(skipped.stderr, "2 damaged images were skipped");
    assertStringIncludes(skipped.stderr, `skipped: Expected an image at ${paths[6]}`);
  }));

Deno.test("train refuses invalid files and networks in one line", () =>
  inFolder(async (folder) => {
    const list = `${folder}/train.txt`;
    await Deno.writeTextFile(list, "a.jpg 0\n");
    const cases: [string[], string][] = [
      [["--data", list], "add one, or give --test LIST"],
      [["--data", list, "--test", list], "1 are missing: a.jpg (line 1)"],
      [["--data", list, "--network", "vgg"], 'found "vgg"'],
      [["--data", list, "--size", "0"], "at least 1"],
      [["--data", folder, "--recipe", "places-lt/ce"], "Places_LT_train.txt with"],
      [["--recipe", "imagenet-lt/ce"], "Expected --data"],
      [["--recipe", "imagenet-lt/ce", "--data", folder, "--imbalance", "9"], "no --imbalance"],
      [["--recipe", "builtin/ce", "--size", "64"], "Expected no --size for recipe builtin/ce"],
      [["--recipe", "cifar10-lt/ce", "--data", folder, "--skip-bad"], "Expected no --skip-bad"],
    ];
    for (const [args, message] of cases) await assertRefuses("train", args, message);
  }));

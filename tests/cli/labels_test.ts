/**
 * Labels, sets and the reported accuracy on the command line.
 *
 * @module
 */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { execute } from "../../lib/cli/command.ts";
import { importCommand } from "../../lib/cli/data/import.ts";
import { inspectCommand } from "../../lib/cli/data/inspect.ts";
import { writePicture } from "../data/pictures.ts";
import { captured } from "./capture.ts";
import { assertRefuses, inFolder, type Outcome, task, taskHere } from "./task.ts";

const COLOURS = { amber: [250, 190, 0], blue: [10, 20, 220], green: [10, 200, 30] } as const;

/** Writes the given number of images of each colour. */
async function writeColours(folder: string, counts: { [name in keyof typeof COLOURS]?: number }) {
  for (const [name, count] of Object.entries(counts)) {
    const [red, green, blue] = COLOURS[name as keyof typeof COLOURS];
    for (let i = 0; i < count; i++) {
      const colour = [red, green + i, blue] as [number, number, number];
      await writePicture(`${folder}/${name}/${i}.png`, colour, { width: 8, height: 8 });
    }
  }
}

const evaluate = (...args: string[]) => taskHere("evaluate", ...args);
const inspect = (...args: string[]) => captured(() => execute(inspectCommand, args));
const lastLine = ({ stdout }: Outcome) => JSON.parse(stdout.trim().split("\n").at(-1)!);

Deno.test("train prints a dash for a class without test images and keeps all labels", () =>
  inFolder(async (folder) => {
    await writeColours(`${folder}/train`, { amber: 25, blue: 25, green: 25 });
    await writeColours(`${folder}/valid`, { amber: 3, blue: 3, green: 3 });
    await writeColours(`${folder}/test`, { blue: 2, green: 6 });
    const run = `${folder}/run`;
    const trained = await task(
      "train",
      ...["--data", folder, "--recipe", "images/ce", "--network", "resnet8", "--workers", "0"],
      ...["--iterations", "40", "--batch", "16", "--evaluate-every", "40", "--out", run, "--json"],
    );
    assertEquals(trained.code, 0, trained.stderr);
    assertMatch(
      trained.stdout,
      /^Accuracy in percent on the test set, which has 0 to 6 images of a class\nAll: accuracy over images/,
    );
    assertMatch(
      trained.stdout,
      /All {4}Mean {4}Head {2}Medium {4}Tail\nimages\/ce +100\.0 +100\.0 /,
    );
    const [row] = lastLine(trained);
    assertEquals([row.all, row.mean, row.medium, row.perClass], [100, 100, 100, [null, 100, 100]]);
    assertEquals([row.testImages, row.evaluatedOn], [[0, 2, 6], "test"]);

    const same = await evaluate(run, "--json");
    assertEquals(same.code, 0, same.stderr);
    assertMatch(same.stdout, /\n {2}amber +–\n {2}blue +100\.0\n/);
    assertEquals(lastLine(same).perClass, row.perClass);
    const val = await evaluate(run, "--split", "val", "--json");
    assertStringIncludes(val.stdout, "Accuracy in percent on the balanced validation set\n");
    assertEquals([lastLine(val).perClass, lastLine(val).evaluatedOn], [[100, 100, 100], "val"]);

    // Other data, whose training set also lacks a class and has other counts.
    const other = `${folder}/other`;
    await writeColours(`${other}/train`, { green: 2, blue: 1 });
    await writeColours(`${other}/test`, { green: 1, blue: 1 });
    const moved = lastLine(await evaluate(run, "--data", other, "--json"));
    assertEquals([moved.perClass, moved.medium, moved.tail], [[null, 100, 100], 100, null]);
    await Deno.rename(`${other}/test/blue`, `${other}/test/bleu`);
    await Deno.rename(`${other}/train/blue`, `${other}/train/bleu`);
    const unknown = await evaluate(run, "--data", other);
    assertEquals([unknown.code, unknown.stdout], [2, ""]);
    assertStringIncludes(
      unknown.stderr,
      `than those of the run in ${run} but found "bleu" (did you mean blue?), and none of`,
    );
    assertEquals((await evaluate(run, "--split", "train")).code, 2);

    const { stdout } = await inspect(folder, "--json");
    assertStringIncludes(stdout, "\ntest set: 8 images, 0 to 6 of a class, none of amber\n");
    assertStringIncludes(
      stdout,
      "8 of the 8 test images are in the training set, too: " +
        `${folder}/test/blue/0.png = ${folder}/train/blue/0.png; `,
    );
    const { evaluatedOn, testImages, common } = JSON.parse(stdout.split("\n").at(-1)!);
    assertEquals([evaluatedOn, testImages, common], ["test", [0, 2, 6], 8]);
    const ofVal = await inspect(folder, "--split", "val");
    assertStringIncludes(ofVal.stdout, "\nvalidation set: 9 images, 3 of each class\n");
  }));

Deno.test("data inspect and import warn of a folder nested in one of the same name", () =>
  inFolder(async (folder) => {
    await writeColours(`${folder}/train/train`, { amber: 1, blue: 1 });
    await writeColours(`${folder}/test/train`, { amber: 1 });
    const message = `warning: ${folder}/train has a single class, train, whose images are in ` +
      `folders (amber; blue): if those are the classes, move them from ${folder}/train/train to`;
    assertStringIncludes((await inspect(folder)).stderr, message);
    const imported = await captured(() =>
      execute(importCommand, [folder, "--to", `${folder}/out`])
    );
    assertEquals(imported.code, 0);
    assertStringIncludes(imported.stderr, message);
  }));

Deno.test("data inspect reads names, columns and labels from 1, and refuses invalid lists in one line", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/a.csv`, "path,label\n1.png,stork\n2.png,heron\n");
    await Deno.writeTextFile(`${folder}/b.csv`, "path,label\n3.png,heron\n");
    const named = await inspect(`${folder}/a.csv`, "--test", `${folder}/b.csv`);
    assertStringIncludes(named.stdout, "test set: 1 images, 0 to 1 of a class, none of stork");
    await Deno.writeTextFile(`${folder}/one.txt`, "1.png 1\n2.png 2\n");
    assertEquals(
      lastLine(await inspect(`${folder}/one.txt`, "--labels-from", "1", "--json")).counts,
      [1, 1],
    );
    await assertRefuses("data", ["inspect", `${folder}/one.txt`], "pass --labels-from 1");
  }));

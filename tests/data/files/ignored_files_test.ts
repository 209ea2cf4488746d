/**
 * Ignored files as reported by data inspect, data import and train.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { importCommand } from "../../../lib/cli/data/import.ts";
import { inspectCommand } from "../../../lib/cli/data/inspect.ts";
import type { TrainEvent } from "../../../lib/loop/progress.ts";
import { train } from "../../../lib/train/train.ts";
import { captured } from "../../cli/capture.ts";
import { inFolder } from "../../in_folder.ts";
import { writePictures } from "../pictures.ts";

Deno.test("data inspect, data import and train report ignored files in one line per folder", () =>
  inFolder(async (folder) => {
    await writePictures(folder);
    for (const name of ["train/blue/._0.jpg", "train/red/1.jxl", "train/__MACOSX", "test/a.jpg"]) {
      await Deno.writeTextFile(`${folder}/${name}`, "no image");
    }
    await Deno.symlink("nowhere.png", `${folder}/test/blue/lost.png`);
    const lines = [
      `not read in ${folder}/train: 1 image in another format, .jxl (red/1.jxl), ` +
      "2 hidden files and folders (__MACOSX; blue/._0.jpg)",
      `not read in ${folder}/test: 1 image outside the folders of classes (a.jpg), ` +
      "1 broken link (blue/lost.png)",
    ];
    const inspected = await captured(async () => await inspectCommand.run({}, [folder], []));
    assertStringIncludes(inspected.stdout, "6 training images, 6 test images");
    assertStringIncludes(inspected.stdout, lines.join("\n"));
    const flags = { to: `${folder}/packed`, size: "8" };
    const imported = await captured(async () => await importCommand.run(flags, [folder], []));
    assertStringIncludes(imported.stderr, lines.join("\n"));
    const started: TrainEvent[] = [];
    await train({
      recipe: "images/ce",
      architecture: "resnet8",
      data: { folder, size: 8 },
      iterations: 1,
      batch: 2,
      workers: 0,
      onProgress: (event) => event.kind === "start" && started.push(event),
    });
    assertEquals(started.map((event) => event.kind === "start" && event.skippedFiles), [lines]);
  }));

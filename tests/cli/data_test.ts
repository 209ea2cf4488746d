/**
 * `deno task data` on the command line.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { writePictures } from "../data/pictures.ts";
import { assertRefuses, inFolder, task } from "./task.ts";

Deno.test("data import packs a folder of images that train accepts", () =>
  inFolder(async (folder) => {
    await writePictures(folder);
    const imported = await task("data", "import", folder, "--to", `${folder}/out`, "--size", "32");
    assertEquals(imported.code, 0, imported.stderr);
    assertStringIncludes(imported.stdout, "6 training and 6 test images of 2 classes, 32 × 32");
    const trained = await task(
      "train",
      ...["--recipe", "images/ce+class-balanced+nbn+lr", "--data", `${folder}/out`],
      ...["--iterations", "2", "--batch", "4", "--out", `${folder}/run`],
    );
    assertEquals(trained.code, 0, trained.stderr);
    assertStringIncludes(trained.stdout, "images/ce+class-balanced+nbn+lr");
    await assertRefuses(
      "train",
      ["--recipe", "cifar10-lt/ce", "--data", `${folder}/out`],
      "10 classes but found 2",
    );
  }));

Deno.test("data import names damaged images and skips them only with --skip-bad", () =>
  inFolder(async (folder) => {
    await writePictures(folder);
    await Deno.writeFile(`${folder}/train/blue/0.jpg`, new Uint8Array(0));
    const args = ["import", folder, "--to", `${folder}/out`];
    await assertRefuses("data", args, "--skip-bad");
    assertEquals(await Deno.stat(`${folder}/out`).catch(() => "none"), "none");
    const { code, stdout, stderr } = await task("data", ...args, "--skip-bad");
    assertEquals(code, 0);
    assertStringIncludes(stderr, "train/blue/0.jpg");
    assertStringIncludes(stderr, "1 damaged images were skipped");
    assertStringIncludes(stdout, "5 training");
  }));

Deno.test("data inspect prints counts, groups and the hash of the indices", async () => {
  const { code, stdout } = await task("data", "inspect", "builtin", "--imbalance", "100", "--json");
  assertEquals(code, 0);
  assertStringIncludes(stdout, "classes: head 4, medium 3, tail 3, imbalance 100.0");
  const { counts, sha256 } = JSON.parse(stdout.trim().split("\n").at(-1)!);
  assertEquals(counts, [500, 299, 179, 107, 64, 38, 23, 13, 8, 5]);
  assertEquals(/^[0-9a-f]{64}$/.test(sha256), true);
});

Deno.test("data inspect prints the class distribution of a list and names its invalid lines", () =>
  inFolder(async (folder) => {
    const list = `${folder}/mine_train.txt`;
    const lines = Array.from({ length: 33 }, (_, i) => `${i}.jpg ${i < 30 ? 0 : i < 32 ? 1 : 2}`);
    await Deno.writeTextFile(list, lines.join("\n"));
    const { code, stdout } = await task("data", "inspect", list, "--json");
    assertEquals(code, 0);
    assertStringIncludes(stdout, "head 0, medium 1, tail 2, imbalance 30.0, Gini 0.586");
    const { counts, gini } = JSON.parse(stdout.trim().split("\n").at(-1)!);
    assertEquals([counts, gini.toFixed(3)], [[30, 2, 1], "0.586"]);
    await assertRefuses(
      "data",
      ["inspect", list, "--check", "--root", `${folder}/images`],
      "33 are missing: 0.jpg (line 1); 1.jpg (line 2); 2.jpg (line 3); and 30 more",
    );
    await Deno.writeTextFile(list, [...lines, "32.jpg 2", "x"].join("\n"));
    await assertRefuses("data", ["inspect", list], 'found "x" in line 35');
    await assertRefuses("data", ["inspect", `${folder}/none.txt`], "none.txt");
  }));

Deno.test("data refuses invalid arguments in one line", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/cifar.tar.gz`, "no archive");
    const cases: [string[], string][] = [
      [[], "Expected one of download, import, inspect but found nothing"],
      [["fetch"], 'found "fetch"'],
      [["import"], "Expected one folder to import but found none"],
      [["import", folder], "Expected --to"],
      [["import", folder, "--to", "x", "--bogus"], "Unknown option '--bogus'"],
      [["import", `${folder}/none`, "--to", `${folder}/x`], `${folder}/none/train`],
      [["inspect", folder], "found none of them"],
      [["inspect", "builtin", "--imbalance", "0.5"], "at least 1"],
      [["inspect", "builtin", "--imbalance", "1e9"], "lower the imbalance"],
      [["inspect", "builtin", "--profile", "flat", "--imbalance", "2"], 'found "flat"'],
      [["inspect", "builtin", "--profile", "step"], "Expected --imbalance"],
      [["download", "mnist", "--to", folder], 'found "mnist"'],
      [["download", "cifar10"], "Expected --to"],
      [["download", "cifar10", "--to", folder, "--kind", "text"], 'found "text"'],
      [["download", "cifar10", "--to", folder, "--from", `${folder}/none`], `${folder}/none`],
      [
        ["download", "cifar10", "--to", folder, "--from", `${folder}/cifar.tar.gz`],
        "c32a1d4ab5d03f1284b67883e8d87530",
      ],
    ];
    for (const [args, message] of cases) await assertRefuses("data", args, message);
  }));

Deno.test("data --help describes its subcommands", async () => {
  for (const args of [["--help"], ["import", "--help"]]) {
    const { code, stdout } = await task("data", ...args);
    assertEquals(code, 0);
    assertStringIncludes(stdout, "deno task data import");
  }
});

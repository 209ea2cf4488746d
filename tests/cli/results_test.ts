/**
 * `deno task results` as a user types it.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { assertRefuses, inFolder, taskHere } from "./task.ts";

const DATA = new URL("../../data", import.meta.url).pathname;

Deno.test("results writes the page where it is told to", () =>
  inFolder(async (folder) => {
    const to = `${folder}/results.md`;
    const { code, stdout, stderr } = await taskHere("results", "--data", DATA, "--to", to);
    assertEquals([code, stdout.trim()], [0, to], stderr);
    assertStringIncludes(await Deno.readTextFile(to), "## testbed\n");
  }));

Deno.test("results refuses a folder without the paper's tables, and writes nothing", () =>
  inFolder(async (folder) => {
    const to = `${folder}/results.md`;
    const message = `Expected the paper's tables at ${folder}/paper.csv`;
    await assertRefuses("results", ["--data", folder, "--to", to], message);
    assertEquals([...Deno.readDirSync(folder)], []);
  }));

/**
 * `deno task analyse` on the command line.
 *
 * @module
 */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { assertRefuses, inFolder, task } from "./task.ts";

const SHORT = ["--iterations", "4", "--batch", "8", "--evaluate-every", "4"];

Deno.test("analyse writes every part, keeps existing parts, and refuses a mismatched folder", () =>
  inFolder(async (folder) => {
    const run = `${folder}/run`;
    await task("train", ...SHORT, "--recipe", "builtin/ce+nbn", "--out", run);
    const { code, stdout, stderr } = await task("analyse", run);
    assertEquals(code, 0, stderr);
    assertMatch(stdout, /rare-specific +\d+ +[\d.]+ +[\d.]+ +[\d.]+ +[\d.]+\n/);
    assertStringIncludes(stdout, "Variance over channels");
    const files = [...Deno.readDirSync(`${run}/analysis`)].map(({ name }) => name)
      .filter((name) => name.endsWith(".json")).sort();
    assertEquals(files, [
      ...["accuracy.json", "analysis.json", "attention.json", "features.json", "logits.json"],
      ...["magnitude.json", "masking.json", "weights.json"],
    ]);
    const read = async (file: string) =>
      JSON.parse(await Deno.readTextFile(`${run}/analysis/${file}`));
    const record = await read("analysis.json");
    assertEquals(record.command, `deno task analyse ${run}`);
    assertMatch(record.checkpoint.sha256, /^[0-9a-f]{64}$/);
    const summary = JSON.parse(await Deno.readTextFile(`${run}/summary.json`));
    assertEquals((await read("accuracy.json")).confusion, summary.confusion);

    // Only the parts missing after a killed call are computed.
    await Deno.remove(`${run}/analysis/features.json`);
    await Deno.remove(`${run}/analysis/analysis.json`);
    const again = await task("analyse", run, "--data", "builtin");
    assertEquals(again.stderr.match(/\w+ made/g), ["features made"]);
    assertEquals(again.stdout, stdout);
    const other = await task("analyse", run, "--thresholds", "1,0.5");
    assertEquals(other.stderr.match(/ made/g)?.length, 7);

    await assertRefuses("analyse", [run, "--tap", "stage9"], "stage3/block1, embedding, logits)");
    await assertRefuses("analyse", [run, "--thresholds", "0.1,0.2"], "Expected a severe drop");
    await assertRefuses("analyse", [run, "--data", "nowhere"], "Expected no --data");
    const config = `${run}/config.json`;
    const text = await Deno.readTextFile(config);
    await Deno.writeTextFile(config, text.replace('"imbalance": 100', '"imbalance": 10'));
    await assertRefuses("analyse", [run], "Expected the data that");
    await Deno.writeTextFile(config, text.replace("builtin/ce+nbn", "cifar10-lt/ce"));
    await assertRefuses("analyse", [run, "--data", "builtin"], "a run of cifar10-lt/ce");
    await assertRefuses("analyse", [run, "--data", `${folder}/nowhere`], "nowhere");
    await Deno.writeTextFile(config, '{"recipe": "builtin/ce"}');
    await assertRefuses("analyse", [run], "Expected");
  }));

Deno.test("analyse refuses invalid flags and folders in one line", () =>
  inFolder(async (folder) => {
    await assertRefuses("analyse", [], "Expected at least one run folder but found none");
    await assertRefuses("analyse", [`${folder}/none`], "Expected a run folder or a checkpoint");
    await assertRefuses("analyse", [folder], "Expected a checkpoint in");
    await assertRefuses("analyse", [folder, "--bogus"], "Unknown option '--bogus'");
    await assertRefuses(
      "analyse",
      [folder, "--thresholds", "1"],
      "Expected --thresholds to be two",
    );
    await assertRefuses("analyse", [folder, "--thresholds", "a,b"], "--thresholds");
  }));

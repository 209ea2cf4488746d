import { assert, assertEquals } from "@std/assert";
import { cp } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gallery } from "../../lib/report/gallery.ts";
import { inFolder } from "../in_folder.ts";

const RESULTS = fileURLToPath(new URL("../../data/results", import.meta.url));

/** Copies a run of the repository to a folder, under another recipe or imbalance. */
async function put(
  folder: string,
  run: string,
  recipe: string,
  imbalance: number,
): Promise<void> {
  const name = `${folder}/${imbalance}-${recipe}`;
  await cp(`${RESULTS}/cifar10-lt-100-${run}-seed0/analysis`, `${name}/analysis`, {
    recursive: true,
  });
  const config = JSON.parse(
    await Deno.readTextFile(`${RESULTS}/cifar10-lt-100-${run}-seed0/config.json`),
  );
  Object.assign(config.training, { recipe: `x/${recipe}` });
  Object.assign(config.training.data, { imbalance });
  await Deno.writeTextFile(`${name}/config.json`, JSON.stringify(config));
  // A balanced run has no rare classes to mask or visualise.
  if (imbalance === 1) {
    for (const part of ["masking", "attention"]) {
      await Deno.remove(`${name}/analysis/${part}.json`);
    }
  }
}

Deno.test("gallery() compares plain training with its extensions and with balanced data", () =>
  inFolder(async (folder) => {
    await put(folder, "ce", "ce", 1);
    await put(folder, "ce+nbn", "ce+nbn", 1);
    await put(folder, "ce", "balanced-softmax", 100);
    await put(folder, "ce", "ce", 100);
    await put(folder, "ce+nbn", "ce+nbn", 100);
    const figures = await gallery([folder]);
    assertEquals(figures.map(({ name }) => name), [
      "confusion",
      "channel-drops",
      "masking",
      "weight-curves",
      "attention",
      "magnitude",
    ]);
    const { svg } = figures.find(({ name }) => name === "weight-curves")!;
    assertEquals(svg.match(/x\/[\w+-]+(, [\w ]+)?/g), [
      "x/ce, balanced",
      "x/ce, imbalance 100",
      "x/ce+nbn",
    ]);
    assert(!svg.includes("softmax"));
  }));

/**
 * Detectors on the command line.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { builtinScenes } from "../../lib/detection/data/builtin_scenes.ts";
import { lvisJson, writeLvis } from "../../lib/detection/data/write_lvis.ts";
import { readDetectionDataset } from "../../lib/detection/lvis/read_dataset.ts";
import { readDetectionResults } from "../../lib/detection/lvis/results.ts";
import { imageSize } from "../../lib/data/images/image_size.ts";
import { longTest } from "../long.ts";
import { assertRefuses, inFolder, task } from "./task.ts";

const { train, test } = builtinScenes({ max: 12, imbalance: 4, testImages: 1, side: 64 });

Deno.test("data inspect prints the groups of LVIS and what is not learnt from", () =>
  inFolder(async (folder) => {
    const json = lvisJson(train.dataset), file = `${folder}/lvis.json`;
    const [first, second, ...others] = json.annotations;
    const annotations = [
      { ...first, bbox: [3, 3, -1, 2] },
      { ...second, segmentation: [[1, 1, 5, 5]] },
      ...others,
    ];
    await Deno.writeTextFile(file, JSON.stringify({ ...json, annotations }));
    const { code, stdout, stderr } = await task("data", "inspect", file, "--check", "--json");
    assertEquals(code, 0, stderr);
    assertMatch(stdout, /^class +group +images +objects\ndisc with bar +common +12 +\d+\n/);
    assertStringIncludes(stdout, "classes: rare 11, common 1, frequent 0; objects: frequent 0.0 %");
    assertStringIncludes(
      stdout,
      `${file}: 1 annotation with a box without positive width and height is not learnt from: ${first.id}`,
    );
    assertStringIncludes(stdout, `is dropped, of annotation ${second.id}`);
    const { length } = json.images;
    assertStringIncludes(stdout, `${length} of ${length} images are not in ${folder}: 1.png; `);
    const { groups, objects } = JSON.parse(stdout.trim().split("\n").at(-1)!);
    assertEquals([groups.rare.classes, objects], [11, annotations.length]);

    await Deno.writeTextFile(
      file,
      JSON.stringify({ ...json, annotations: [{ ...first, image_id: 99 }] }),
    );
    await assertRefuses("data", ["inspect", file], "found annotation 1 of image 99");
    await assertRefuses("data", ["inspect", file, "--imbalance", "3"], "Expected no --imbalance");
  }));

Deno.test("recipes of detectors are listed, and refuse settings of classifiers", async () => {
  const { stdout } = await task("train", "--list", "--json");
  const recipes: { name: string; row: string }[] = JSON.parse(stdout.trim());
  const ours = recipes.find(({ name }) => name === "lvis/mask-rcnn+seesaw+nbn");
  assertEquals(ours?.row, "Table XIV, Seesaw + NBN");
  const recipe = "builtin-lvis/mask-rcnn+ce";
  const cases: [string[], string][] = [
    [["--recipe", recipe, "--width", "2"], "Expected no --width"],
    [["--recipe", `${recipe},builtin/ce`], "detectors or of classifiers but found"],
    [["--recipe", "builtin-lvis/mask-rcnn"], "one loss of regions"],
    [["--recipe", recipe, "--profile"], "Expected no --profile"],
    [["--recipe", recipe, "--data", "x"], "Expected no --data"],
    [["--recipe", recipe, "--processes", "2"], "Expected one process"],
    [["--recipe", "lvis/mask-rcnn+ce", "--data", "x"], "Expected --weights"],
  ];
  for (const [args, words] of cases) await assertRefuses("train", args, words);
});

longTest(
  "a detector is trained, evaluated and applied to images",
  () =>
    inFolder(async (folder) => {
      const [run, images] = [`${folder}/run`, `${folder}/images`];
      const recipe = "builtin-lvis/mask-rcnn+seesaw+nbn";
      const trained = await task(
        "train",
        ...["--recipe", recipe, "--iterations", "3", "--batch", "1", "--out", run, "--json"],
      );
      assertEquals(trained.code, 0, trained.stderr);
      assertStringIncludes(trained.stdout, "box APr");
      const [row] = JSON.parse(trained.stdout.trim().split("\n").at(-1)!);
      assertEquals([row.recipe, row.iterations, row.classNames.length], [recipe, 3, 12]);
      const files = [...Deno.readDirSync(run)].map(({ name }) => name).sort();
      assertEquals(files.filter((name) => !name.startsWith("events")), [
        ...["checkpoint-3.safetensors", "config.json", "metrics.csv", "summary.json"],
      ]);

      const evaluated = await task("evaluate", run, "--json");
      assertEquals(evaluated.code, 0, evaluated.stderr);
      const { scores, step, images: count } = JSON.parse(
        evaluated.stdout.trim().split("\n").at(-1)!,
      );
      assertEquals([scores, step, count], [row.scores, 3, 120]);

      await Deno.mkdir(images);
      await writeLvis(test, images);
      const [to, pictures] = [`${folder}/results.json`, `${folder}/pictures`];
      const annotations = `${images}/annotations.json`;
      const predicted = await task(
        "predict",
        ...[run, annotations, "--to", to, "--pictures", pictures, "--least", "0.01"],
      );
      assertEquals(predicted.code, 0, predicted.stderr);
      const dataset = await readDetectionDataset(annotations);
      const results = await readDetectionResults(to, dataset);
      assert(results.length > 0);
      const shown = [...Deno.readDirSync(pictures)].map(({ name }) => name).sort();
      assertEquals(shown, dataset.images.map((_, i) => `000${i + 1}-${i + 1}.png`));
      assert((await imageSize(`${pictures}/${shown[0]}`))!.width > 64);

      const named = await task("predict", run, `${images}/2.png`);
      const [first] = JSON.parse(named.stdout);
      assertEquals([first.image_id, first.file_name], [2, `${images}/2.png`]);

      await assertRefuses("predict", [run, images, "--topk", "2"], "Expected no --topk");
      await assertRefuses("evaluate", [run, "--groups", "1,2"], "Expected no --groups");
      for (const [name, end] of [["export", "onnx"], ["report", "html"]]) {
        const args = [run, "--to", `${folder}/x.${end}`];
        await assertRefuses(name, args, "found that of a detector");
      }
    }),
);

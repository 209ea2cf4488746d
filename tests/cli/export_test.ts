import { assertEquals, assertRejects } from "@std/assert";
import { UsageError } from "../../lib/core/errors.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { exportRun } from "../../lib/export/mod.ts";
import { train } from "../../lib/train/mod.ts";
import { readSafetensors } from "../../lib/safetensors/read.ts";
import { testOnBackends } from "../backends.ts";
import { smallImages } from "../train/small_images.ts";
import { assertRefuses, inFolder, task } from "./task.ts";

Deno.test("export writes weights of equal accuracy, and under torchvision's names", () =>
  inFolder(async (folder) => {
    const run = `${folder}/run`;
    const trained = await task(
      "train",
      ...["--recipe", "builtin/ce+nbn+lr", "--iterations", "1", "--batch", "8"],
      ...["--out", run, "--json"],
    );
    const [{ all }] = JSON.parse(trained.stdout.trim().split("\n").at(-1)!);
    const weights = `${run}/weights.safetensors`;
    const { code, stdout, stderr } = await task("export", run, "--to", weights);
    assertEquals([code, stdout.trim()], [0, `${weights}: 0.3 MB`], stderr);
    const evaluated = await task("evaluate", weights, "--json");
    assertEquals(JSON.parse(evaluated.stdout.trim().split("\n").at(-1)!).all, all);

    const torch = `${folder}/torch.safetensors`;
    await task("export", run, "--to", torch, "--names", "torchvision");
    const { tensors, metadata } = readSafetensors(await Deno.readFile(torch), torch);
    assertEquals(metadata.get("format"), "pt");
    assertEquals(tensors.get("fc.weight")?.shape, [10, 64]);
    assertEquals(tensors.get("layer1.0.conv1.weight")?.shape, [16, 16, 3, 3]);

    const model = `${folder}/browser/model.json`;
    const written = await task("export", run, "--to", model);
    assertEquals(written.stdout.trim(), `${model}: 0.3 MB in 2 files`, written.stderr);
    const { format, userDefinedMetadata } = JSON.parse(await Deno.readTextFile(model));
    assertEquals([format, userDefinedMetadata.height], ["graph-model", "32"]);
  }));

Deno.test("exportRun() chooses the format by extension and does not dispose the run's tensors", () =>
  inFolder(async (folder) => {
    const run = `${folder}/run`;
    await train({ recipe: "builtin/ce+nbn", iterations: 1, batch: 4, out: run });
    const before = tf.memory().numTensors;
    const names = (to: string) => exportRun(run, `${folder}/${to}`);
    assertEquals(await names("model.onnx"), [`${folder}/model.onnx`]);
    assertEquals(
      await names("saved/"),
      [`${folder}/saved/assets.extra/network.json`, `${folder}/saved/saved_model.pb`],
    );
    const about = JSON.parse(await Deno.readTextFile(`${folder}/saved/assets.extra/network.json`));
    assertEquals(JSON.parse(about.classes).length, 10);
    assertEquals(tf.memory().numTensors, before);
    await assertRejects(
      () => exportRun(run, `${folder}/model.onnx`, { names: "project" }),
      UsageError,
      "they are for .safetensors",
    );
  }));

Deno.test("export refuses invalid arguments in one line", async () => {
  await assertRefuses("export", [], "Expected one run folder or checkpoint but found none");
  await assertRefuses("export", ["somewhere"], "Expected --to with the path to write");
  await assertRefuses(
    "export",
    ["somewhere", "--to", "x", "--names", "timm"],
    'Expected --names to be project or torchvision but found "timm"',
  );
  await assertRefuses(
    "export",
    ["somewhere", "--to", "w.pt"],
    "Expected a path that ends in .onnx (ONNX), .json (a graph model for TensorFlow.js), " +
      '/ (a TensorFlow SavedModel) or .safetensors (weights) but found "w.pt"',
  );
  await inFolder((folder) =>
    assertRefuses("export", [folder, "--to", `${folder}/x.onnx`], "Expected a checkpoint in")
  );
});

testOnBackends(
  "exportRun() refuses torchvision's names for compound batch norms",
  () =>
    inFolder(async (folder) => {
      const data = smallImages({ side: 8, max: 8, imbalance: 4 }), out = `${folder}/run`;
      await train({ recipe: "builtin/cbn", data, iterations: 1, batch: 4, workers: 0, out });
      const to = `${folder}/weights.safetensors`;
      await assertRejects(
        () => exportRun(out, to, { data, names: "torchvision" }),
        UsageError,
        "compound batch norms PyTorch does not have",
      );
      assertEquals((await Array.fromAsync(Deno.readDir(folder))).length, 1);
    }),
  { only: ["wasm"] },
);

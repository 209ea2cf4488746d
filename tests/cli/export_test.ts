import { assertEquals } from "@std/assert";
import { readSafetensors } from "../../lib/train/safetensors/read.ts";
import { assertRefuses, inFolder, task } from "./task.ts";

Deno.test("export writes weights that evaluate as the run does, and under torchvision's names", () =>
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
  }));

Deno.test("export refuses what it cannot use, in one line", async () => {
  await assertRefuses("export", [], "Expected one run folder or checkpoint but found none");
  await assertRefuses("export", ["somewhere"], "Expected --to with the file to write");
  await assertRefuses(
    "export",
    ["somewhere", "--to", "x", "--names", "timm"],
    'Expected --names to be project or torchvision but found "timm"',
  );
  await inFolder((folder) =>
    assertRefuses("export", [folder, "--to", `${folder}/x`], "Expected a checkpoint in")
  );
});

/**
 * Trainings on an accelerator: resuming, and what moves between the processor and the device.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import { loadCheckpoint } from "../../../lib/checkpoints/checkpoint.ts";
import { disposeTree, flatten } from "../../../lib/core/tree.ts";
import { train } from "../../../lib/train/train.ts";
import { inFolder } from "../../cli/task.ts";
import { smallImages } from "../../train/small_images.ts";
import { accelerator, testOnPlugin } from "./on_plugin.ts";

const data = smallImages({ side: 8, max: 20, imbalance: 10 });

testOnPlugin("an interrupted training resumes bit for bit", () =>
  inFolder(async (folder) => {
    const options = {
      recipe: "builtin/ce+nbn+lr",
      data,
      batch: 8,
      iterations: 4,
      checkpointEvery: 2,
      evaluateEvery: 100,
      workers: 0,
    };
    await train({ ...options, out: `${folder}/whole` });
    const stop = new AbortController();
    await train({
      ...options,
      out: `${folder}/parts`,
      signal: stop.signal,
      onProgress: (event) => event.kind === "step" && event.step === 2 && stop.abort(),
    });
    await train({ ...options, out: `${folder}/parts`, resume: true });
    const [one, other] = await Promise.all(
      ["whole", "parts"].map((run) => loadCheckpoint(`${folder}/${run}/checkpoint-4.safetensors`)),
    );
    for (const part of ["params", "state", "optimizer"] as const) {
      const found = new Map(flatten(other[part]!));
      for (const [path, tensor] of flatten(one[part]!)) {
        assertEquals(await found.get(path)!.data(), await tensor.data(), path);
      }
    }
    for (const { params, state, optimizer, loss, memory } of [one, other]) {
      for (const tree of [params, state, optimizer, loss, memory]) disposeTree(tree ?? {});
    }
  }));

testOnPlugin("a step moves only its batch to the device and what it measures back", async () => {
  const { traffic } = accelerator!, seen: (typeof traffic)[] = [];
  await train({
    recipe: "builtin/ce",
    data,
    batch: 8,
    iterations: 5,
    evaluateEvery: 100,
    workers: 0,
    onProgress: (event) => event.kind === "step" && seen.push({ ...traffic }),
  });
  const [, before, after] = seen;
  const images = 4 * 8 * 8 * 8 * 3, labels = 4 * 8, seed = 4 * 2, rate = 4, loss = 4;
  assertEquals(after.toDevice - before.toDevice, images + labels + seed + rate);
  assertEquals(after.toHost - before.toHost, loss);
  assertEquals(after.stalls, seen[0].stalls);
});

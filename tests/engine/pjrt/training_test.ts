/**
 * Trainings on an accelerator: resuming, and what moves between the processor and the device.
 *
 * @module
 */
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { loadCheckpoint } from "../../../lib/checkpoints/checkpoint.ts";
import { disposeTree, flatten } from "../../../lib/core/tree.ts";
import { train } from "../../../lib/train/train.ts";
import { inFolder } from "../../cli/task.ts";
import { ALL } from "../../long.ts";
import { smallImages } from "../../train/small_images.ts";
import { accelerator, devices, onPlugin, testOnPlugin } from "./on_plugin.ts";

const data = smallImages({ side: 8, max: 20, imbalance: 10 });

type Values = Float32Array | Int32Array;

/** Trains into a folder, on the whole or interrupted after two steps and resumed, and returns its last tensors. */
async function trained(
  out: string,
  recipe: string,
  isInterrupted = false,
): Promise<[string, Values][]> {
  const options = {
    ...{ recipe, data, batch: 8, iterations: 4, workers: 0, out },
    ...{ checkpointEvery: 2, evaluateEvery: 100 },
  };
  if (isInterrupted) {
    const stop = new AbortController();
    await train({
      ...options,
      signal: stop.signal,
      onProgress: (event) => event.kind === "step" && event.step === 2 && stop.abort(),
    });
  }
  const { iterations } = await train({ ...options, resume: isInterrupted });
  const { params, state, optimizer, loss = {}, memory = {} } = await loadCheckpoint(
    `${out}/checkpoint-${iterations}.safetensors`,
  );
  const found = await Promise.all(
    flatten({ params, state, optimizer }).map(async ([path, tensor]): Promise<[string, Values]> => [
      path,
      await tensor.data() as Values,
    ]),
  );
  for (const tree of [params, state, optimizer, loss, memory]) disposeTree(tree);
  return found;
}

testOnPlugin("an interrupted training resumes bit for bit", () =>
  inFolder(async (folder) => {
    const recipe = "builtin/ce+nbn+lr";
    const whole = await trained(`${folder}/whole`, recipe);
    assertEquals(await trained(`${folder}/parts`, recipe, true), whole);
  }));

if (ALL) {
  testOnPlugin(
    "two devices train two stages as one does, and resume bit for bit (long)",
    () =>
      inFolder(async (folder) => {
        const recipe = "builtin/crt";
        const one = await trained(`${folder}/one`, recipe);
        await onPlugin(async () => {
          const whole = await trained(`${folder}/whole`, recipe);
          assertEquals(await trained(`${folder}/parts`, recipe, true), whole);
          for (const [i, [path, values]] of one.entries()) {
            assertEquals(whole[i][0], path);
            values.forEach((value, k) => assertAlmostEquals(whole[i][1][k], value, 1e-4, path));
          }
        }, devices(2));
      }),
  );
}

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

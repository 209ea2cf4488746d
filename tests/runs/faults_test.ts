/**
 * A training that is killed, or whose disk fails, at any of its writes: what was there before or after the write is
 * whole, and resuming gives the bits of a training that nothing has happened to.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { InputError } from "../../lib/core/errors.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { engine } from "../../lib/engine/engine.ts";
import { readSafetensors } from "../../lib/safetensors/read.ts";
import type { TrainOptions } from "../../lib/settings/train_options.ts";
import { train } from "../../lib/train/train.ts";
import { inFolder } from "../cli/task.ts";
import { SMALL_TRAINING } from "../train/small_training.ts";
import { type Fault, withFault } from "../faults/with_fault.ts";

await engine();
const options: TrainOptions = {
  ...SMALL_TRAINING,
  iterations: 2,
  checkpointEvery: 1,
  keepBest: true,
  keep: 1,
};
const LAST = "checkpoint-2.safetensors";

/** Tensors of the last checkpoint of a training that nothing happens to, and the number of its writes. */
const { expected, writes } = await (async () => {
  const out = await Deno.makeTempDir();
  const { operations } = await withFault(
    "killed",
    Infinity,
    () => train({ ...options, out: `${out}/run` }),
  );
  const { tensors } = readSafetensors(await Deno.readFile(`${out}/run/${LAST}`));
  await Deno.remove(out, { recursive: true });
  return { expected: tensors, writes: operations };
})();

/** Checks that every file with its final name is whole. */
function expectWhole(out: string): void {
  for (const { name } of Deno.readDirSync(out)) {
    const bytes = () => Deno.readFileSync(`${out}/${name}`);
    if (name.endsWith(".json")) JSON.parse(new TextDecoder().decode(bytes()));
    if (name.endsWith(".safetensors")) readSafetensors(bytes(), name);
  }
}

const FAULTS: readonly Fault[] = ["killed", "no space", "read-only", "removed"];

for (const fault of FAULTS) {
  Deno.test(`${fault} at any write of a training: nothing is lost`, () =>
    inFolder(async (folder) => {
      assert(writes > 30, `only ${writes} writes`);
      const before = tf.memory().numTensors, { warn } = console;
      console.warn = () => {};
      try {
        // All for kills; for errors, which take the same ways, a third of them each.
        const first = FAULTS.indexOf(fault), by = fault === "killed" ? 1 : 3;
        for (let at = Math.max(1, first); at <= writes; at += by) {
          const out = `${folder}/${at}`;
          const { error } = await withFault(fault, at, () => train({ ...options, out }));
          const what = `${fault} at write ${at} of ${writes}: ${error}`;
          if (fault !== "killed" && error !== undefined) {
            assert(error instanceof InputError, `${what}\n${(error as Error).stack}`);
            assert(!error.message.includes("\n"), what);
          }
          if (await Deno.stat(out).then(() => true, () => false)) expectWhole(out);
          await train({ ...options, out, resume: true });
          const { tensors } = readSafetensors(await Deno.readFile(`${out}/${LAST}`));
          assertEquals(tensors, expected, what);
          const names = [...Deno.readDirSync(out)].map(({ name }) => name);
          assertEquals(names.filter((name) => name.endsWith(".part")), [], what);
          await Deno.remove(out, { recursive: true });
        }
      } finally {
        console.warn = warn;
      }
      assertEquals(tf.memory().numTensors, before);
    }));
}

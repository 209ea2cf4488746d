import { assert, assertEquals, assertRejects } from "@std/assert";
import { CheckpointError } from "../../lib/core/errors.ts";
import { disposeTree, flatten } from "../../lib/core/tree.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import {
  type Checkpoint,
  loadCheckpoint,
  saveCheckpoint,
} from "../../lib/checkpoints/checkpoint.ts";
import { readSafetensors } from "../../lib/safetensors/read.ts";
import { writeSafetensors } from "../../lib/safetensors/write.ts";
import { testOnBackends } from "../backends.ts";

const PYTHON = new URL("../golden/python.safetensors", import.meta.url).pathname;

function some(): Checkpoint {
  return {
    network: "tiny",
    step: 12,
    seed: 3,
    position: 1536,
    params: { head: { weight: tf.tensor2d([[0.1, -2], [3e-8, 4]]), bias: tf.tensor1d([5, 6]) } },
    state: { seen: tf.tensor1d([1, 2], "int32") },
    optimizer: { mask: tf.tensor1d([true, false], "bool") },
    notes: { recipe: "tiny/ce" },
  };
}

function free({ params, state, optimizer }: Checkpoint): void {
  for (const tree of [params, state, optimizer]) disposeTree(tree);
}

function values({ params, state, optimizer }: Checkpoint) {
  return [params, state, optimizer].map((tree) =>
    flatten(tree).map(([path, t]) => [path, t.dtype, [...t.shape], [...t.dataSync()]])
      .sort()
  );
}

async function inFolder(fn: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await fn(folder);
  } finally {
    await Deno.chmod(folder, 0o700);
    await Deno.remove(folder, { recursive: true });
  }
}

testOnBackends(
  "saveCheckpoint() and loadCheckpoint() keep every bit",
  () =>
    inFolder(async (folder) => {
      const checkpoint = some();
      await saveCheckpoint(`${folder}/a`, checkpoint);
      const loaded = await loadCheckpoint(`${folder}/a`, checkpoint);
      assertEquals(values(loaded), values(checkpoint));
      assertEquals([loaded.step, loaded.seed, loaded.position], [12, 3, 1536]);
      assertEquals(loaded.notes, { recipe: "tiny/ce" });
      assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["a"]);
      free(loaded);
      free(checkpoint);
    }),
);

testOnBackends("loadCheckpoint() reads what Python's safetensors wrote", async () => {
  const loaded = await loadCheckpoint(PYTHON);
  assertEquals(loaded.network, "tiny");
  assertEquals(values(loaded), [
    [
      ["head/bias", "float32", [3], [-1.5, 2, 0]],
      ["head/weight", "float32", [2, 3], [0, 0.25, 0.5, 0.75, 1, 1.25]],
      ["nbn/magnitude", "float32", [], [1.25]],
    ],
    [["seen", "int32", [2], [3, -7]]],
    [
      ["head/weight", "float32", [2, 3], [0, 0, 0, 0, 0, 0]],
      ["mask", "bool", [2], [1, 0]],
    ],
  ]);
  free(loaded);
});

testOnBackends(
  "loadCheckpoint() names the first paths that differ",
  () =>
    inFolder(async (folder) => {
      const checkpoint = some();
      await saveCheckpoint(`${folder}/a`, checkpoint);
      const before = tf.memory().numTensors;
      const larger = {
        head: { weight: tf.zeros([2, 3]), bias: tf.zeros([3]), scale: tf.zeros([1]) },
      };
      const error = await assertRejects(
        () => loadCheckpoint(`${folder}/a`, { params: larger }),
        CheckpointError,
      );
      assert(error.message.includes("head/weight is [2,2] instead of [2,3]"), error.message);
      assert(error.message.includes("head/scale [1] is missing"), error.message);
      assert(error.message.includes("another number of classes"), error.message);
      await assertRejects(
        () => loadCheckpoint(`${folder}/a`, { network: "resnet32" }),
        CheckpointError,
        "Expected a checkpoint of resnet32",
      );
      disposeTree(larger);
      assertEquals(tf.memory().numTensors, before);
      free(checkpoint);
    }),
);

testOnBackends(
  "loadCheckpoint() throws on a missing file and foreign metadata",
  () =>
    inFolder(async (folder) => {
      await assertRejects(
        () => loadCheckpoint(`${folder}/none`),
        CheckpointError,
        "could not read",
      );
      const checkpoint = some();
      await saveCheckpoint(`${folder}/a`, checkpoint);
      const bytes = await Deno.readFile(`${folder}/a`);
      await Deno.writeFile(`${folder}/b`, bytes.subarray(0, bytes.length - 1));
      await assertRejects(() => loadCheckpoint(`${folder}/b`), CheckpointError, "damaged");
      const { tensors, metadata } = readSafetensors(bytes);
      const foreign = async (changes: Record<string, string | undefined>) => {
        // Without a checksum, as of earlier versions.
        const all: Record<string, string | undefined> = {
          ...Object.fromEntries(metadata),
          ...changes,
        };
        const texts = Object.entries<string | undefined>({ ...all, sha256: undefined });
        const kept = texts.filter((pair): pair is [string, string] => pair[1] !== undefined);
        await Deno.writeFile(`${folder}/c`, writeSafetensors({ tensors, metadata: new Map(kept) }));
        return loadCheckpoint(`${folder}/c`);
      };
      await assertRejects(() => foreign({ network: undefined }), CheckpointError, "its network");
      await assertRejects(
        () => foreign({ step: "1.5" }),
        CheckpointError,
        "an integer but found 1.5",
      );
      free(checkpoint);
    }),
);

testOnBackends(
  "saveCheckpoint() leaves an earlier file as it was when it cannot write",
  () =>
    inFolder(async (folder) => {
      const checkpoint = some();
      await saveCheckpoint(`${folder}/a`, checkpoint);
      const before = await Deno.readFile(`${folder}/a`);
      await assertRejects(
        () => saveCheckpoint(`${folder}/missing/b`, checkpoint),
        CheckpointError,
        "the folder does not exist",
      );
      await Deno.mkdir(`${folder}/taken`);
      await assertRejects(() => saveCheckpoint(`${folder}/taken`, checkpoint), CheckpointError);
      assertEquals(await Deno.readFile(`${folder}/a`), before);
      assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), ["a", "taken"]);
      free(checkpoint);
    }),
);

Deno.test({
  name: "saveCheckpoint() says so when the disk is full",
  // /dev/full exists on Linux alone; a link to it stands for the temporary file.
  ignore: Deno.build.os !== "linux",
  fn: () =>
    inFolder(async (folder) => {
      await Deno.symlink("/dev/full", `${folder}/a.${Deno.pid}.part`);
      const checkpoint = some();
      await assertRejects(
        () => saveCheckpoint(`${folder}/a`, checkpoint),
        CheckpointError,
        "the disk is full",
      );
      assertEquals([...Deno.readDirSync(folder)], []);
      free(checkpoint);
    }),
});

Deno.test({
  name: "saveCheckpoint() says so when the folder is read-only",
  // Where the user may write everywhere, Linux's /sys still takes no new files.
  ignore: Deno.build.os !== "linux",
  fn: async () => {
    const checkpoint = some();
    const error = await assertRejects(() => saveCheckpoint("/sys/a", checkpoint), CheckpointError);
    assert(/not permitted|read-only/.test(error.message), error.message);
    free(checkpoint);
  },
});

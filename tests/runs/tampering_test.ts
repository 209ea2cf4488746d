/**
 * Run folders that were tampered with: resuming goes on from what is whole, or refuses in one line that names the file.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { DamagedCheckpointError, InputError } from "../../lib/core/errors.ts";
import { tf } from "../../lib/deps/tfjs.ts";
import { engine } from "../../lib/engine/engine.ts";
import { crossEntropy } from "../../lib/losses/mod.ts";
import { sgd } from "../../lib/optim/sgd.ts";
import { loadCheckpoint } from "../../lib/checkpoints/checkpoint.ts";
import type { SafetensorsTensor } from "../../lib/safetensors/format.ts";
import { readSafetensors } from "../../lib/safetensors/read.ts";
import { writeSafetensors } from "../../lib/safetensors/write.ts";
import type { TrainOptions } from "../../lib/settings/train_options.ts";
import { train } from "../../lib/train/train.ts";
import { inFolder } from "../cli/task.ts";
import { smallImages } from "../train/small_images.ts";
import { smallNetwork } from "../train/small_network.ts";

await engine();
const data = smallImages({ side: 8, max: 20, imbalance: 10 });
const options: TrainOptions = {
  data,
  network: smallNetwork,
  loss: crossEntropy(),
  optimizer: sgd({ momentum: 0.9 }),
  batch: 4,
  iterations: 4,
  checkpointEvery: 2,
  keep: 9,
};
const NEWEST = "checkpoint-4.safetensors", OLDER = "checkpoint-2.safetensors";

/** A finished run, as the files in its folder. */
const run = await (async () => {
  const out = await Deno.makeTempDir();
  await train({ ...options, out });
  const names = [...Deno.readDirSync(out)].filter(({ isFile }) => isFile).map(({ name }) => name);
  const files = new Map(names.map((name) => [name, Deno.readFileSync(`${out}/${name}`)]));
  await Deno.remove(out, { recursive: true });
  return files;
})();
const newest = run.get(NEWEST)!;

/** Runs a test with a copy of the run, without its summary. */
function withRun(test: (out: string) => Promise<void>): Promise<void> {
  return inFolder(async (out) => {
    for (const [name, bytes] of run) {
      if (name !== "summary.json") await Deno.writeFile(`${out}/${name}`, bytes);
    }
    await test(out);
  });
}

type Parts = { tensors: Map<string, SafetensorsTensor>; metadata: Map<string, string> };

/** A checkpoint with changes, and without a checksum, as of an earlier version. */
function changed(change: (parts: Parts) => void): Uint8Array {
  const { tensors, metadata } = readSafetensors(newest);
  const parts = { tensors: new Map(tensors), metadata: new Map(metadata) };
  parts.metadata.delete("sha256");
  change(parts);
  return writeSafetensors(parts);
}

const told = (name: string, value: string) =>
  changed(({ metadata }) => void metadata.set(name, value));
const untold = (name: string) => changed(({ metadata }) => void metadata.delete(name));
const named = (tensors: Parts["tensors"], part: string) =>
  [...tensors].find(([name]) => name.startsWith(part))!;
const without = (part: string) =>
  changed(({ tensors }) => void tensors.delete(named(tensors, part)[0]));
const first = (part: string, value: number) =>
  changed(({ tensors }) => {
    const [name, tensor] = named(tensors, part),
      values = new Float32Array(tensor.bytes.slice().buffer);
    values[0] = value;
    tensors.set(name, { ...tensor, bytes: new Uint8Array(values.buffer) });
  });
const shaped = (part: string, change: (tensor: SafetensorsTensor) => Partial<SafetensorsTensor>) =>
  changed(({ tensors }) => {
    const [name, tensor] = named(tensors, part);
    tensors.set(name, { ...tensor, ...change(tensor) });
  });
const flipped = (at: number) => {
  const bytes = newest.slice();
  bytes[at] ^= 1;
  return bytes;
};
const empty = (shape: number[]) =>
  changed(({ tensors }) =>
    void tensors.set("optimizer/extra", {
      type: "F32",
      shape,
      bytes: new Uint8Array(shape.includes(0) ? 0 : 4),
    })
  );

/** Ways to damage the newest checkpoint, after which the one before it is taken. */
const DAMAGED: Readonly<Record<string, () => Uint8Array>> = {
  "empty": () => new Uint8Array(0),
  "cut off in its header": () => newest.subarray(0, 40),
  "cut off in its tensors": () => newest.subarray(0, newest.length - 1),
  "longer": () => Uint8Array.of(...newest, 0),
  "zeros": () => new Uint8Array(newest.length),
  "text": () => new TextEncoder().encode("not a checkpoint"),
  "a bit flipped in the last tensor": () => flipped(newest.length - 1),
  "a bit flipped in the first tensor": () =>
    flipped(8 + Number(new DataView(newest.buffer).getBigUint64(0, true))),
  "a bit flipped in the length of its header": () => flipped(0),
  "NaN in a parameter": () => first("params/", NaN),
  "infinity in a parameter": () => first("params/", -Infinity),
  "NaN in the optimizer": () => first("optimizer/", NaN),
  "an optimizer tensor of an impossible shape": () =>
    newestWithShape("[1099511627776,1099511627776,0]"),
  "an optimizer tensor of 300 dimensions": () => newestWithShape(`[${Array(300).fill(1)}]`),
};

/** The newest checkpoint with one more entry, of a shape that the writer would refuse. */
function newestWithShape(shape: string): Uint8Array {
  const bytes = empty(shape.includes(",0]") ? [0] : [1]);
  const length = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const header = new TextDecoder().decode(bytes.subarray(8, 8 + length)).trimEnd()
    .replace(/("optimizer\/extra":\{"dtype":"F32","shape":)\[\d*\]/, `$1${shape}`);
  const json = new TextEncoder().encode(header);
  const start = new Uint8Array(BigUint64Array.of(BigInt(json.length)).buffer);
  return Uint8Array.of(...start, ...json, ...bytes.subarray(8 + length));
}

for (const [what, bytes] of Object.entries(DAMAGED)) {
  Deno.test(`a newest checkpoint that is damaged is named, and the one before it taken: ${what}`, () =>
    withRun(async (out) => {
      await Deno.writeFile(`${out}/${NEWEST}`, bytes());
      const before = tf.memory().numTensors;
      await assertRejects(() => loadCheckpoint(`${out}/${NEWEST}`), DamagedCheckpointError, NEWEST);
      const warnings: string[] = [], { warn } = console;
      console.warn = (text: string) => warnings.push(text);
      let steps: number | undefined;
      try {
        await train({
          ...options,
          out,
          resume: true,
          onProgress: (event) => {
            if (event.kind === "start") steps = event.step;
          },
        });
      } finally {
        console.warn = warn;
      }
      assertEquals(steps, 2);
      assertEquals(warnings.length, 1);
      assert(warnings[0].includes(NEWEST) && warnings[0].includes(OLDER), warnings[0]);
      // The steps done again give the same bits; only the times that the notes tell differ.
      const again = readSafetensors(Deno.readFileSync(`${out}/${NEWEST}`));
      assertEquals(again.tensors, readSafetensors(newest).tensors);
      assertEquals(tf.memory().numTensors, before);
    }));
}

/** Ways to change the newest checkpoint so that it is whole but wrong, and what is then said. */
const WRONG: Readonly<Record<string, [bytes: () => Uint8Array, message: RegExp]>> = {
  "a negative step": [() => told("step", "-5"), /checkpoint-4.* found step -5/],
  "a step beyond the end": [() => told("step", "999"), /found step 999/],
  "a fractional step": [() => told("step", "1.5"), /step .* integer but found 1.5/],
  "an endless step": [() => told("step", "Infinity"), /step .* integer but found Infinity/],
  "no step": [() => untold("step"), /name its step/],
  "a stage that is none": [() => told("stage", "7"), /stage from 0 to 0 but found one of 7/],
  "a negative stage": [() => told("stage", "-1"), /stage from 0 to 0 but found one of -1/],
  "a stage of text": [() => told("stage", "first"), /stage .* integer but found NaN/],
  "another seed": [() => told("seed", "3"), /have the seed 0 but found 3/],
  "no seed": [() => untold("seed"), /name its seed/],
  "a negative position": [() => told("position", "-4"), /whole batches .* found -4/],
  "a position within a batch": [() => told("position", "7"), /whole batches .* found 7/],
  "a position beyond the steps": [() => told("position", "400"), /whole batches .* found 400/],
  "a position of text": [() => told("position", "x"), /position .* integer but found NaN/],
  "another network": [() => told("network", "resnet32"), /is one of resnet32/],
  "no network": [() => untold("network"), /name its network/],
  "another recipe": [() => told("recipe", "builtin/ce"), /recipe custom but found builtin\/ce/],
  "another training": [() => told("training", "0"), /same data and settings/],
  "figures of another kind": [() => told("figures", "[]"), /notes of the training loop/],
  "figures of text": [() => told("figures", "{"), /notes of the training loop/],
  "ends of another kind": [() => told("ends", "3"), /notes of the training loop/],
  "a best evaluation of null": [() => told("best", "null"), /notes of the training loop/],
  "a first step of text": [() => told("first", "x"), /notes of the training loop/],
  "a first step beyond": [() => told("first", "5"), /notes of the training loop/],
  "over of another kind": [() => told("over", "maybe"), /notes of the training loop/],
  "a missing parameter": [() => without("params/hidden/weight"), /hidden\/weight .* is missing/],
  "no parameters of a layer": [() => without("params/head/bias"), /head\/bias .* is missing/],
  "a missing part of the optimizer": [() => without("optimizer/"), /optimizer differs.*missing/],
  "a part of the optimizer too many": [() => empty([1]), /optimizer differs.*extra/],
  "a tensor of no tree": [
    () => changed(({ tensors }) => void tensors.set("other/x", named(tensors, "params/")[1])),
    /found other\/x/,
  ],
  "a parameter of another shape": [
    () => shaped("params/head/bias", () => ({ shape: [5, 2] })),
    /head\/bias is \[5,2\] instead of \[10\]/,
  ],
  "integers for a parameter": [
    () => shaped("params/head/bias", () => ({ type: "I32" })),
    /head\/bias is \[10\] int32 instead of \[10\]/,
  ],
  "integers in the optimizer": [
    () => shaped("optimizer/", () => ({ type: "I32" })),
    /optimizer differs.*int32/,
  ],
  "doubles for a parameter": [
    () =>
      shaped("params/head/bias", ({ bytes }) => ({
        type: "F64",
        bytes: Uint8Array.of(...bytes, ...bytes),
      })),
    /has the type F64/,
  ],
  "a state that the network has not": [
    () => changed(({ tensors }) => void tensors.set("state/bn/mean", named(tensors, "params/")[1])),
    /state differs.*bn\/mean/,
  ],
  "a state of a loss that has none": [
    () => changed(({ tensors }) => void tensors.set("loss/x", named(tensors, "params/")[1])),
    /state of the loss differs.*x/,
  ],
  "names that contradict each other": [
    () =>
      changed(({ tensors }) =>
        void tensors.set("params/head/bias/x", named(tensors, "params/head/bias")[1])
      ),
    /contradict|has no place/,
  ],
  "the older checkpoint under its name": [() => run.get(OLDER)!, /found step 2/],
};

for (const [what, [bytes, message]] of Object.entries(WRONG)) {
  Deno.test(`resuming refuses a checkpoint with ${what}`, () =>
    withRun(async (out) => {
      await Deno.writeFile(`${out}/${NEWEST}`, bytes());
      await refused(out, message);
    }));
}

async function refused(out: string, message: RegExp, more: Partial<TrainOptions> = {}) {
  const before = tf.memory().numTensors;
  const error = await assertRejects(
    () => train({ ...options, ...more, out, resume: true } as TrainOptions),
    InputError,
  );
  assertMatch(error.message, message);
  assert(!error.message.includes("\n"), error.message);
  assertEquals(tf.memory().numTensors, before);
  // Nothing was changed: the older checkpoint is still there, and nobody holds the folder.
  assertEquals(Deno.readFileSync(`${out}/${OLDER}`), run.get(OLDER));
}

/** Ways to change the rest of the folder. */
const FOLDERS: Readonly<Record<string, [change: (out: string) => Promise<void>, message: RegExp]>> =
  {
    "no config.json": [(out) => Deno.remove(`${out}/config.json`), /Expected a config\.json in/],
    "an empty config.json": [
      (out) => Deno.writeTextFile(`${out}/config.json`, ""),
      /config\.json of a run/,
    ],
    "a config.json of another kind": [
      (out) => Deno.writeTextFile(`${out}/config.json`, "[]"),
      /config\.json of a run/,
    ],
    "a folder named config.json": [
      async (out) => {
        await Deno.remove(`${out}/config.json`);
        await Deno.mkdir(`${out}/config.json`);
      },
      /config\.json .*directory/i,
    ],
    "a config.json of another training": [
      async (out) => {
        const config = JSON.parse(await Deno.readTextFile(`${out}/config.json`));
        config.training.batch = 64;
        await Deno.writeTextFile(`${out}/config.json`, JSON.stringify(config));
      },
      /batch to be 64/,
    ],
    "a folder named as the newest checkpoint, and none before": [
      async (out) => {
        await Deno.remove(`${out}/${NEWEST}`);
        await Deno.mkdir(`${out}/${NEWEST}`);
        await Deno.writeFile(`${out}/${OLDER}`, run.get(OLDER)!);
        await Deno.rename(`${out}/${OLDER}`, `${out}/kept`);
      },
      /could not read it/,
    ],
    "a metrics.csv of garbage": [
      async (out) => {
        await Deno.remove(`${out}/${NEWEST}`);
        await Deno.writeTextFile(`${out}/metrics.csv`, '"\n\0,,"x\n');
      },
      /metrics\.csv to be the log/,
    ],
    "a metrics.csv of other columns": [
      async (out) => {
        await Deno.remove(`${out}/${NEWEST}`);
        await Deno.writeTextFile(`${out}/metrics.csv`, "a,b\n1,2\n");
      },
      /metrics\.csv to be the log .* "a"/,
    ],
  };

for (const [what, [change, message]] of Object.entries(FOLDERS)) {
  Deno.test(`resuming refuses a folder with ${what}`, () =>
    withRun(async (out) => {
      await change(out);
      const kept = await Deno.stat(`${out}/kept`).then(() => true, () => false);
      const error = await assertRejects(
        () => train({ ...options, out, resume: true }),
        InputError,
      );
      assertMatch(error.message, message);
      assert(!error.message.includes("\n"), error.message);
      assertEquals(Deno.readFileSync(`${out}/${kept ? "kept" : OLDER}`), run.get(OLDER));
    }));
}

Deno.test("leftovers of killed processes are removed, other files are not", () =>
  withRun(async (out) => {
    const leftovers = [
      "config.json.99.part",
      "checkpoint-3.safetensors.7.part",
      "metrics.csv.1.part",
    ];
    const others = ["notes.part", "my-config.json.99.part"];
    for (const name of [...leftovers, ...others]) await Deno.writeTextFile(`${out}/${name}`, "");
    await train({ ...options, out, resume: true });
    const names = [...Deno.readDirSync(out)].map(({ name }) => name);
    assertEquals(names.filter((name) => name.endsWith(".part")).sort(), others.sort());
  }));

Deno.test("a checkpoint of an earlier version, without a checksum, is resumed from", () =>
  withRun(async (out) => {
    await Deno.writeFile(
      `${out}/${NEWEST}`,
      changed(({ metadata }) => void metadata.delete("training")),
    );
    const { iterations } = await train({ ...options, out, resume: true });
    assertEquals(iterations, 4);
  }));

Deno.test("training anew into a folder that lost its config.json is refused", () =>
  withRun(async (out) => {
    await Deno.remove(`${out}/config.json`);
    await assertRejects(() => train({ ...options, out }), InputError, "Expected a config.json");
  }));

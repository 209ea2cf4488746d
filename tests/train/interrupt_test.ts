/**
 * A training that is interrupted while it waits for a batch, evaluates, or changes stages: what was done is saved, and
 * resuming gives the bits and the log of a training that nothing has happened to.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { tf } from "../../lib/deps/tfjs.ts";
import { engine } from "../../lib/engine/engine.ts";
import type { TrainEvent } from "../../lib/loop/progress.ts";
import type { Stage } from "../../lib/loop/stages/stage.ts";
import { crossEntropy } from "../../lib/losses/mod.ts";
import { constantSchedule, sgd } from "../../lib/optim/mod.ts";
import { readSafetensors } from "../../lib/safetensors/read.ts";
import { instanceBalancedSampler } from "../../lib/samplers/mod.ts";
import type { TrainOptions } from "../../lib/settings/train_options.ts";
import { train } from "../../lib/train/train.ts";
import { inFolder } from "../in_folder.ts";
import { smallImages } from "./small_images.ts";
import { smallNetwork } from "./small_network.ts";

await engine();
const data = smallImages({ side: 8, max: 20, imbalance: 10 });
const stage: Stage = {
  name: "first",
  iterations: 4,
  loss: crossEntropy(),
  sampler: instanceBalancedSampler,
  augment: [],
  schedule: constantSchedule(0.1),
  optimizer: sgd(),
};

/** Called at the moments at which the training may be interrupted. */
interface Moments {
  draw?(position: number): void;
  begin?(): void;
}

/** A training of two stages, with evaluations in them and at their ends. */
function options({ draw, begin }: Moments = {}): TrainOptions {
  const sampler: Stage["sampler"] = (labels, given) => {
    const stream = instanceBalancedSampler(labels, given), { fill } = stream;
    return Object.assign(stream, {
      fill<T extends Int32Array | Uint32Array | Float64Array>(out: T): T {
        draw?.(stream.position);
        return fill.call(stream, out) as T;
      },
    });
  };
  const change = async ({ signal }: { signal?: AbortSignal }) => {
    begin?.();
    signal?.throwIfAborted();
    return await Promise.resolve({});
  };
  return {
    data,
    network: smallNetwork,
    stages: [
      { ...stage, sampler },
      { ...stage, name: "second", sampler, begin: { about: "nothing", change } },
    ],
    batch: 4,
    accumulate: 3,
    evaluateEvery: 2,
    keepBest: true,
    keep: 9,
  };
}

/** What a finished run holds; the times of steps differ. */
function content(run: string) {
  const { tensors } = readSafetensors(Deno.readFileSync(`${run}/checkpoint-8.safetensors`));
  const best = readSafetensors(Deno.readFileSync(`${run}/best.safetensors`)).tensors;
  const { stepMs: _, imagesPerSecond: _2, out: _3, ...summary } = JSON.parse(
    Deno.readTextFileSync(`${run}/summary.json`),
  );
  return { tensors, best, summary, log: Deno.readTextFileSync(`${run}/metrics.csv`) };
}

const MOMENTS: Record<
  string,
  (abort: () => void) => Moments & { event?(event: TrainEvent): void }
> = {
  "while the batches of a step are drawn": (abort) => ({
    draw: (position) => position === 40 && abort(),
  }),
  "before the evaluation of a step": (abort) => ({
    event: (event) => event.kind === "step" && event.step === 2 && abort(),
  }),
  "before the evaluation at the end of a stage": (abort) => ({
    event: (event) => event.kind === "step" && event.step === 4 && abort(),
  }),
  "while a stage begins": (abort) => ({ begin: abort }),
  "before the last evaluation": (abort) => ({
    event: (event) => event.kind === "step" && event.step === 8 && abort(),
  }),
  "before the first step": (abort) => ({ event: (event) => event.kind === "start" && abort() }),
};

Deno.test("a training resumes bit for bit wherever it was interrupted", () =>
  inFolder(async (folder) => {
    const before = tf.memory().numTensors;
    await train({ ...options(), out: `${folder}/whole` });
    const whole = content(`${folder}/whole`);
    for (const [when, moments] of Object.entries(MOMENTS)) {
      const out = `${folder}/${when}`, controller = new AbortController();
      const { event, ...rest } = moments(() => controller.abort());
      const { signal } = controller;
      await train({ ...options(rest), out, signal, onProgress: (happened) => event?.(happened) });
      assert(signal.aborted, when);
      const names = [...Deno.readDirSync(out)].map(({ name }) => name);
      assert(!names.includes("summary.json"), `${when}: it was over`);
      assert(names.some((name) => name.startsWith("checkpoint-")), `${when}: nothing was saved`);
      await train({ ...options(), out, resume: true });
      assertEquals(content(out), whole, when);
    }
    assertEquals(tf.memory().numTensors, before);
  }));

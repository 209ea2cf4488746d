/**
 * `deno task soak [--steps N]`: trains a tiny network for many steps, by default 20,000, with evaluations, checkpoints,
 * the best network and logs, and records what the process holds. It writes data/results/soak.csv and docs/faults.md
 * with its figure, and ends with exit code 1 if anything grows.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { machine } from "../../lib/core/machine.ts";
import { nbn } from "../../lib/nn/nbn.ts";
import { resnetCifar } from "../../lib/nn/resnet_cifar.ts";
import { crossEntropy } from "../../lib/losses/mod.ts";
import { train } from "../../lib/train/train.ts";
import { smallImages } from "../train/small_images.ts";
import { writeFaultsPage } from "../../tools/faults/page.ts";
import { growth } from "./growth.ts";
import { RECORD, type Sample, sample, writeSamples } from "./samples.ts";

/** Samples of the whole training. */
const SAMPLES = 200;

const { values } = parseArgs({
  options: { steps: { type: "string", default: "20000" } },
});
const steps = Number(values.steps);
if (!Number.isSafeInteger(steps) || steps < SAMPLES) {
  console.error(`Expected --steps to be an integer of at least ${SAMPLES} but found ${steps}`);
  Deno.exit(2);
}

const samples: Sample[] = [], every = Math.floor(steps / SAMPLES);
const folder = await Deno.makeTempDir();
try {
  await train({
    data: smallImages({ side: 8, max: 20, imbalance: 10 }),
    network: resnetCifar({ depth: 8, width: 0.25, classes: 10, norm: nbn() }),
    loss: crossEntropy(),
    batch: 8,
    iterations: steps,
    evaluateEvery: every,
    checkpointEvery: every,
    keepBest: true,
    out: `${folder}/run`,
    onProgress(event) {
      if (event.kind !== "step" || event.step % every !== 0) return;
      samples.push(sample(event.step));
      if (samples.length % (SAMPLES / 20) === 0) console.log(JSON.stringify(samples.at(-1)));
    },
  });
} finally {
  await Deno.remove(folder, { recursive: true });
}
await writeSamples(RECORD, samples, await machine());
await writeFaultsPage();
const grown = growth(samples);
for (const line of grown) console.log(line);
Deno.exit(grown.length > 0 ? 1 : 0);

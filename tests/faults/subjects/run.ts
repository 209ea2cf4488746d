/**
 * The folder of a training, written as the training loop does but without a network: each version is a step.
 *
 * @module
 */
import { loadCheckpoint } from "../../../lib/checkpoints/checkpoint.ts";
import { freeTrees } from "../../../lib/checkpoints/trees.ts";
import { exists } from "../../../lib/core/exists.ts";
import { csv } from "../../../lib/deps/csv.ts";
import { tf } from "../../../lib/deps/tfjs.ts";
import { engine } from "../../../lib/engine/engine.ts";
import { checkpointsIn, openRunFolder, readConfig } from "../../../lib/runs/run_folder.ts";
import { metricsCsv } from "../../../lib/train/logs/metrics_csv.ts";
import type { Subject } from "../subjects.ts";

/** Numbers in the checkpoint, enough for several pages of the disk. */
const SIZE = 5000;
const CONFIG = { training: { recipe: "probe" }, versions: {}, engine: {} };
const NUMBERED = /^checkpoint-(\d+)\.safetensors$/;

/** A run folder. */
export const run: Subject = {
  async write(folder, step) {
    await engine({ backend: "cpu" });
    const params = { head: { weight: tf.fill([SIZE], step) } };
    const checkpoint = {
      ...{ network: "probe", step, seed: 0, position: step, params, state: {}, optimizer: {} },
    };
    await using opened = await openRunFolder(folder, CONFIG, { resume: true, keep: 2 });
    const before = await opened.latest(() => ({}));
    if ((before?.step ?? 0) !== step - 1) throw new Error(`found step ${before?.step}`);
    if (before) freeTrees(before);
    const log = await metricsCsv(folder, ["step", "loss"], step - 1);
    log.step({ step, loss: step / 8 });
    await log.close();
    await opened.save(checkpoint);
    if (step % 2 === 0) await opened.keepBest(checkpoint);
    if (step % 3 === 0) await opened.summarise({ recipe: `step ${step}` } as never);
    freeTrees(checkpoint);
  },
  async check(folder) {
    if (!await exists(folder)) return 0;
    await engine({ backend: "cpu" });
    const names = checkpointsIn(folder), best = await exists(`${folder}/best.safetensors`);
    for (const name of [...names, ...(best ? ["best.safetensors"] : [])]) {
      const found = await loadCheckpoint(`${folder}/${name}`);
      const weight = (found.params.head as { weight: tf.Tensor }).weight;
      if (!weight.dataSync().every((value) => value === found.step)) throw new Error(name);
      freeTrees(found);
    }
    const latest = Number(NUMBERED.exec(names.at(-1) ?? "")?.[1] ?? 0);
    if (latest > 0 && !await readConfig(`${folder}/config.json`)) throw new Error("no config.json");
    const summary = await Deno.readTextFile(`${folder}/summary.json`).catch(() => undefined);
    if (summary !== undefined) JSON.parse(summary);
    await expectRows(folder, latest);
    return latest;
  },
};

/** Checks that the log has a row for every step up to the last checkpoint; a last line may be cut off. */
async function expectRows(folder: string, latest: number): Promise<void> {
  const text = await Deno.readTextFile(`${folder}/metrics.csv`).catch(() => "");
  const { parse } = await csv();
  const lines = parse(text.slice(0, text.lastIndexOf("\n") + 1)) as string[][];
  const rows = lines.slice(1).map(([step, loss]) => [Number(step), Number(loss)]);
  for (let step = 1; step <= latest; step++) {
    if (rows[step - 1]?.[0] === step && rows[step - 1][1] === step / 8) continue;
    throw new Error(`metrics.csv lacks step ${step} of ${latest}`);
  }
}

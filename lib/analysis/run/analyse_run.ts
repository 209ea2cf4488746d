/**
 * Every analysis of a finished run.
 *
 * @module
 */
import { CheckpointError, DataError, UsageError } from "../../core/errors.ts";
import { classCounts } from "../../data/dataset.ts";
import { datasetDigest, sha256 } from "../../data/digest.ts";
import { imagePixels, rgba } from "../../data/image_pixels.ts";
import { subset } from "../../data/subset.ts";
import { encodePng } from "../../deps/png_encoder.ts";
import { engine } from "../../engine/engine.ts";
import { sha256OfFile } from "../../engine/install/checksum.ts";
import { judge } from "../../train/evaluate.ts";
import { type OpenedRun, openRun, type OpenRunOptions } from "../../train/open_run.ts";
import { type Predictions, summarise } from "../../train/predict.ts";
import { readConfig } from "../../train/run_folder.ts";
import { versions } from "../../train/versions.ts";
import { writeWhole } from "../../train/write_whole.ts";
import { calibrationBins } from "../calibration_bins.ts";
import { channelDrops } from "../channel_drops.ts";
import { channelGroups, type ChannelGroupsOptions } from "../channel_groups.ts";
import { classAttention } from "../class_attention.ts";
import { classifierWeights, classWeightNorms } from "../classifier_weights.ts";
import { collectFeaturesAndLogits, type Feature } from "../collect_features.ts";
import { featureStatistics, statisticVariance } from "../feature_statistics.ts";
import { logitStatistics } from "../logit_statistics.ts";
import { magnitudeHistory } from "../magnitude_history.ts";
import { maskGroups } from "../mask_groups.ts";
import { rareAndFrequent } from "../rare_and_frequent.ts";
import { readMetrics } from "../read_metrics.ts";
import { findTap } from "../taps.ts";
import { weightCurve } from "../weight_curve.ts";
import {
  analysisFolder,
  FORMAT,
  hasPart,
  readAnalysis,
  type StoredAttention,
  writePart,
} from "./files.ts";
import { rareExamples } from "./rare_examples.ts";
import {
  ANALYSIS_PARTS,
  type AnalysisPart,
  type AnalysisParts,
  type AnalysisRecord,
  type RunAnalysis,
} from "./run_analysis.ts";
import { sampledHistory } from "./sampled_history.ts";

/** Options of {@linkcode analyseRun}; what is left out comes from the run's `config.json`. */
export interface AnalyseRunOptions extends OpenRunOptions {
  /** Folder of the data, or `builtin` for runs on the built-in images. */
  readonly folder?: string;
  /**
   * Where channels are masked and their statistics taken.
   *
   * @default {"embedding"}
   */
  readonly tap?: string;
  /** Thresholds of the groups of channels, in percentage points. */
  readonly thresholds?: ChannelGroupsOptions;
  /** Called when a part is done: made now, kept from before, or missing for a reason. */
  readonly onPart?: (part: AnalysisPart, how: "made" | "kept" | "missing", reason?: string) => void;
}

/** Steps of a magnitude's history that are kept. */
const STEPS = 200;

/**
 * Runs every analysis of the paper's tables and figures on a finished run and writes the numbers into its folder
 * `analysis`: accuracy, confusion and calibration; strength of each channel (Figure 6, Table XVI); weights of the
 * last BN (Figure 5) and of the classifier; logits; masked channels (Table V); magnitude (Figure 2); attention on a
 * few rare images (Figures 1 and 4). {@linkcode readAnalysis} reads them without network and data.
 *
 * Every file is there whole or not at all, and names what it was made of. A second call makes only what is not there
 * yet, or was made of something else. Where a part cannot be had, as the comparison of rare and frequent classes on
 * balanced data, the reason takes its place.
 *
 * @param path A run folder.
 * @param options Data, tap, thresholds.
 * @returns The analysis as it was written.
 * @throws {UsageError} If the run does not tell its recipe.
 * @throws {CheckpointError} If there is no checkpoint, it does not fit, or the folder cannot be written to.
 * @throws {DataError} If the data cannot be read, or is not what the run was trained on.
 * @throws {RangeError} If there is no such tap (the message lists those that there are), or the thresholds are wrong.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { builtin } from "../../data/builtin/mod.ts";
 * import { train } from "../../train/train.ts";
 *
 * const out = await Deno.makeTempDir();
 * const data = builtin({ testImages: 2 });
 * await train({ recipe: "builtin/ce+nbn", data, iterations: 2, batch: 8, out });
 * const { features, masking } = await analyseRun(out, { data });
 * assertEquals([features!.statistics.mean.length, masking!.rows.length], [64, 4]);
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export async function analyseRun(
  path: string,
  { folder, tap = "embedding", thresholds: given = {}, onPart, ...options }: AnalyseRunOptions = {},
): Promise<RunAnalysis> {
  const thresholds = { severe: given.severe ?? 0.2, negligible: given.negligible ?? 0.05 };
  channelGroups({ rare: [], frequent: [] }, thresholds);
  await expectRunFolder(path);
  await expectBuiltin(path, folder);
  const run = await openRun(path, {
    ...options,
    folder: folder === "builtin" ? undefined : folder,
  });
  try {
    await expectOwnData(path, run);
    findTap(run, run.data.test.shape, tap);
    const about = await describe(path, run, { folder, tap, thresholds });
    const target = analysisFolder(path);
    await makeFolder(target);
    const parts = partsOf(path, run, { tap, thresholds, target });
    const missing: Record<string, string> = {};
    for (const part of ANALYSIS_PARTS) {
      if (await hasPart(target, part, about.inputs)) {
        onPart?.(part, "kept");
        continue;
      }
      try {
        await writePart(target, part, about.inputs, await parts[part]());
        onPart?.(part, "made");
      } catch (error) {
        // A network or data that an analysis does not fit; whatever is wrong with all of it was found above.
        if (!(error instanceof RangeError || error instanceof NothingLogged)) throw error;
        missing[part] = error.message;
        await Deno.remove(`${target}/${part}.json`).catch(() => {});
        onPart?.(part, "missing", error.message);
      }
    }
    const { inputs, ...record } = about;
    await writePart(target, "analysis", inputs, { ...record, missing });
    return (await readAnalysis(path))!;
  } finally {
    run.dispose();
  }
}

/** The log of a run has not what is looked for. */
class NothingLogged extends Error {}

/** How each part is made. Images are gone through once for all that needs no masks. */
function partsOf(
  path: string,
  run: OpenedRun,
  { tap, thresholds, target }: Pick<AnalysisRecord, "tap" | "thresholds"> & { target: string },
): Record<AnalysisPart, () => object | Promise<object>> {
  const { counts, data: { test } } = run;
  let seen: Promise<{ feature: Feature; predictions: Predictions }> | undefined;
  const look = () =>
    seen ??= collectFeaturesAndLogits(run, test, { taps: [tap], pooled: true })
      .then(({ features, logits }) => ({
        feature: features[tap],
        predictions: summarise(logits, test.labels),
      }));
  const parts: Record<AnalysisPart, () => object | Promise<object>> = {
    async accuracy(): Promise<AnalysisParts["accuracy"]> {
      const { predictions } = await look();
      return {
        ...judge(predictions, counts),
        classNames: test.classNames,
        counts,
        calibration: calibrationBins(predictions),
      };
    },
    async features(): Promise<AnalysisParts["features"]> {
      const statistics = featureStatistics((await look()).feature);
      return { statistics, variances: statisticVariance(statistics) };
    },
    weights: (): AnalysisParts["weights"] => ({
      curve: weightCurve(run, { inputShape: test.shape }),
      classNorms: classWeightNorms(classifierWeights(run)),
    }),
    logits: async (): Promise<AnalysisParts["logits"]> => ({
      classes: logitStatistics((await look()).predictions),
    }),
    async masking(): Promise<AnalysisParts["masking"]> {
      const drops = await channelDrops(run, test, { counts, tap });
      const groups = channelGroups(drops, thresholds);
      return { drops, groups, rows: await maskGroups(run, test, groups, { counts, tap }) };
    },
    async magnitude(): Promise<AnalysisParts["magnitude"]> {
      const metrics = await readMetrics(path).catch((error: Error) => {
        throw error instanceof DataError ? new NothingLogged(error.message) : error;
      });
      const history = magnitudeHistory(metrics);
      if (history.magnitudes.length === 0) {
        throw new NothingLogged("The log has no magnitude: the run was trained without NBN");
      }
      return sampledHistory(history, STEPS);
    },
    async attention(): Promise<StoredAttention> {
      const classes = rareAndFrequent(counts, classCounts(test));
      const chosen = rareExamples((await look()).predictions, classes, counts);
      const images = subset(test, chosen);
      const maps = await classAttention(run, images, { counts, enlarged: false });
      const pixels = await imagePixels(test, chosen);
      const examples = await Promise.all(maps.map(async (map, place) => {
        const image = `attention-${place + 1}.png`;
        const { height, width } = pixels[place];
        const file = await encodePng({ height, width, data: rgba(pixels[place]) });
        await writeWhole(`${target}/${image}`, file);
        return { index: chosen[place], image, ...map };
      }));
      const [height, width] = test.shape;
      return { size: [height, width], classNames: test.classNames, examples };
    },
  };
  return parts;
}

/** Everything that decides the numbers. */
async function describe(
  path: string,
  run: OpenedRun,
  { folder, tap, thresholds }: Pick<AnalysisRecord, "tap" | "thresholds"> & { folder?: string },
): Promise<Omit<AnalysisRecord, "missing">> {
  const { recipe, seed, step, counts, data: { test } } = run;
  const checkpoint = {
    file: run.checkpoint.replace(/^.*\//, ""),
    sha256: await sha256OfFile(run.checkpoint),
  };
  const data = {
    name: test.name,
    images: test.labels.length,
    sha256: await datasetDigest(test),
  };
  const running = await engine();
  const made = versions(running);
  const log = await sha256OfFile(`${path}/metrics.csv`).catch(() => null);
  const inputs = sha256(JSON.stringify([
    FORMAT,
    made.toolkit,
    checkpoint.sha256,
    data.sha256,
    counts,
    tap,
    thresholds,
    log,
  ]));
  const { severe, negligible } = thresholds;
  const command = [
    `deno task analyse ${path}`,
    ...(folder === undefined ? [] : [`--data ${folder}`]),
    ...(tap === "embedding" ? [] : [`--tap ${tap}`]),
    ...(severe === 0.2 && negligible === 0.05 ? [] : [`--thresholds ${severe},${negligible}`]),
  ].join(" ");
  return {
    format: FORMAT,
    command,
    inputs,
    recipe,
    seed,
    step,
    checkpoint,
    data,
    tap,
    thresholds,
    versions: made,
    engine: { backend: running.backend, device: running.device },
  };
}

async function expectRunFolder(path: string): Promise<void> {
  const found = await Deno.stat(path).catch(() => undefined);
  if (!found?.isFile) return;
  throw new CheckpointError(
    `Expected a run folder but found the file ${path}: name the folder that it lies in`,
  );
}

async function expectBuiltin(path: string, folder: string | undefined): Promise<void> {
  if (folder !== "builtin") return;
  const recipe = (await readConfig(`${path}/config.json`))?.training.recipe;
  if (typeof recipe === "string" && !recipe.startsWith("builtin/")) {
    throw new UsageError(
      `Expected the data of ${path}, a run of ${recipe}, but found "builtin": ` +
        `name the folder of its images`,
    );
  }
}

/** The same number of classes is not enough: groups and rare classes go by the training images. */
async function expectOwnData(path: string, { counts, data }: OpenedRun): Promise<void> {
  const training = (await readConfig(`${path}/config.json`))?.training;
  const trained = training?.counts as number[] | undefined;
  if (trained === undefined || `${trained}` === `${counts}`) return;
  throw new DataError(
    `Expected the data that ${path} was trained on, with ${trained.join(", ")} training images ` +
      `of its classes, but found ${data.train.name} with ${counts.join(", ")}`,
  );
}

async function makeFolder(path: string): Promise<void> {
  try {
    await Deno.mkdir(path, { recursive: true });
  } catch (cause) {
    throw new CheckpointError(
      `Expected to make the folder ${path} but could not: ${(cause as Error).message}`,
      { cause },
    );
  }
}

/**
 * `deno task data inspect` of annotated objects.
 *
 * @module
 */
import { dirname, join } from "node:path";
import { exists } from "../../core/exists.ts";
import { someOf } from "../../data/lists/some_of.ts";
import { builtinScenes } from "../../detection/data/builtin_scenes.ts";
import { learnableImages } from "../../detection/data/learnable.ts";
import type { DetectionDataset } from "../../detection/lvis/dataset.ts";
import { FREQUENCIES, FREQUENCY_MEANINGS } from "../../detection/lvis/frequency.ts";
import { holdsObjects } from "../../detection/lvis/holds_objects.ts";
import { type ObjectCounts, objectCounts } from "../../detection/lvis/object_counts.ts";
import { readDetectionDataset } from "../../detection/lvis/read_dataset.ts";
import { expectNone } from "../detector/expect_none.ts";
import { columns } from "../train/columns.ts";
import type { DataFlags } from "./arguments.ts";
import { listed } from "./counts_report.ts";

/** Name of the built-in scenes. */
const BUILTIN = "builtin-lvis";

/** Flags that apply to images with one class. */
const OF_CLASSIFIERS = ["test", "split", "labels-from", "imbalance", "profile", "groups"];

/**
 * Whether a path names annotated objects.
 *
 * @param path Argument of the command.
 * @returns Whether it is the built-in scenes, or a file of annotations in the format of LVIS or COCO.
 */
export async function areObjects(path: string): Promise<boolean> {
  return path === BUILTIN || (/\.json$/i.test(path) && await holdsObjects(path));
}

/**
 * Prints classes by group, images and objects of each class, and what cannot be learnt from.
 *
 * @param path File of annotations, or the built-in scenes.
 * @param seed Seed of the built-in scenes.
 * @param flags Flags of the command.
 * @returns The exit code.
 */
export async function inspectObjects(
  path: string,
  seed: number,
  flags: DataFlags,
): Promise<number> {
  expectNone(flags, OF_CLASSIFIERS, "annotated objects");
  const dataset = path === BUILTIN
    ? builtinScenes({ seed }).train.dataset
    : await readDetectionDataset(path);
  const counts = objectCounts(dataset), { leftOut } = learnableImages(dataset);
  for (const line of objectLines(dataset, counts)) console.log(line);
  for (const line of leftOut) console.log(line);
  if (flags.check && path !== BUILTIN) {
    const root = flags.root as string | undefined ?? dirname(path);
    console.log(await missingLine(dataset, root));
  }
  if (flags.json) {
    const { images, annotations } = dataset, { classes, groups } = counts;
    const sizes = { images: images.length, objects: annotations.length };
    console.log(JSON.stringify({ name: dataset.file, ...sizes, groups, classes, leftOut }));
  }
  return 0;
}

function objectLines(
  { images, annotations }: DetectionDataset,
  { classes, groups, isStated }: ObjectCounts,
): string[] {
  const rows = listed(
    classes,
    ({ images }) => images,
    ({ name, images, objects, frequency }) => [name, frequency, `${images}`, `${objects}`],
    (left) => [`… ${left} classes between`, "", "", ""],
  );
  const shares = FREQUENCIES.map((group) => {
    const share = 100 * groups[group].objects / Math.max(1, annotations.length);
    return `${group} ${share.toFixed(1)} %`;
  });
  const federated = images.filter(({ absent }) => absent !== undefined).length;
  const meanings = FREQUENCIES.map((group) => `${group}: ${FREQUENCY_MEANINGS[group]}`);
  return [
    columns([["class", "group", "images", "objects"], ...rows], { left: 2 }),
    `${images.length} images with ${annotations.length} objects, classes: ${
      [...FREQUENCIES].reverse().map((group) => `${group} ${groups[group].classes}`).join(", ")
    }; objects: ${shares.join(", ")}`,
    federated > 0
      ? "annotations are federated: of a class nothing is known in images that neither show it nor exclude it"
      : "all classes are annotated in all images",
    `${meanings.join(", ")}${isStated ? " (as the file states)" : ", of this file"}`,
  ];
}

async function missingLine({ images }: DetectionDataset, root: string): Promise<string> {
  const missing: string[] = [];
  for (const { path } of images) if (!await exists(join(root, path))) missing.push(path);
  return missing.length === 0
    ? `all ${images.length} images are in ${root}`
    : `${missing.length} of ${images.length} images are not in ${root}: ${someOf(missing)}`;
}

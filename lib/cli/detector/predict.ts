/**
 * Detecting objects on the command line.
 *
 * @module
 */
import { basename } from "node:path";
import { makeFolder } from "../../core/lock_folder.ts";
import { type DetectedImages, detectImages } from "../../detection/runs/detect_images.ts";
import { openDetector } from "../../detection/runs/open_detector.ts";
import { plots } from "../../plots/mod.ts";
import { liveLine } from "../live_line.ts";
import { numberFlag, POSITIVE } from "../numbers.ts";
import { openOutput } from "../predict/output.ts";
import { precisionFlag } from "../train/flags.ts";
import { expectNone } from "./expect_none.ts";

/** Flags that only the predictions of a classifier have. */
const OF_CLASSIFIERS = [
  ...["topk", "logits", "json", "skip-bad", "labels-from", "exif", "recipe", "data"],
];

/**
 * Detects the objects of images and writes them in COCO's results format, and pictures if they are asked for.
 *
 * @param path A run folder, or a checkpoint in it.
 * @param images Images, folders, lists, or a file of annotations.
 * @param flags Flags of `predict`.
 * @returns The exit code.
 */
export async function predictDetections(
  path: string,
  images: readonly string[],
  flags: { readonly [name: string]: string | boolean | undefined },
): Promise<number> {
  expectNone(flags, OF_CLASSIFIERS, "the run of a detector");
  const text = (name: string) => flags[name] as string | undefined;
  const [to, pictures] = ["to", "pictures"].map(text);
  const options = {
    root: text("root"),
    batch: numberFlag("batch", text("batch"), POSITIVE),
    precision: precisionFlag(text("precision")),
    maxPixels: numberFlag("max-pixels", text("max-pixels"), POSITIVE),
  };
  const least = numberFlag("least", text("least"), { min: 0, integer: false }) ?? 0.5;
  if (pictures !== undefined) await makeFolder(pictures, "the folder of pictures");
  const opened = await openDetector(path), line = liveLine();
  try {
    await using output = await openOutput(to);
    const found = await detectImages(opened, images, {
      ...options,
      onProgress: (done, all) => line.show(`${done} of ${all} images`),
    });
    line.end();
    for (const note of found.notes) line.note(note);
    await output.write(JSON.stringify(found.results) + "\n");
    await output.finish();
    if (pictures !== undefined) await drawPictures(found, pictures, least);
    const count = found.images.dataset.images.length;
    line.note(
      `${to === undefined ? "" : `${to}: `}${found.results.length} detections on ${count} ` +
        `${count === 1 ? "image" : "images"}`,
    );
  } finally {
    line.end();
    opened.dispose();
  }
  return 0;
}

/** Writes a picture for each image, named by its place and file. */
async function drawPictures(
  { images, results }: DetectedImages,
  folder: string,
  least: number,
): Promise<void> {
  const byImage = Map.groupBy(results, ({ image_id }) => image_id);
  const { images: all, categories } = images.dataset;
  for (const [image, { id, path }] of all.entries()) {
    const shown = { image: await images.read(image), results: byImage.get(id) ?? [] };
    const figure = await plots.detections({ [basename(path)]: shown }, { categories, least });
    const name = basename(path).replace(/\.[^.]*$/, "");
    await figure.save(`${folder}/${String(image + 1).padStart(4, "0")}-${name}.png`);
  }
}

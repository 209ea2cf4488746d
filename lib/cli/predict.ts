/**
 * `deno task predict`: classifies images with a trained network.
 *
 * @module
 */
import { DEVICE_FLAG } from "./device.ts";
import { PROGRAM } from "../core/program.ts";
import { UsageError } from "../core/errors.ts";
import { isDetectorRun } from "../detection/runs/open_detector.ts";
import { openModel } from "../runs/open_model.ts";
import { type FoundImages, type ImagePrediction, predictEach } from "../runs/predict_images.ts";
import type { Command } from "./command.ts";
import { expectNone } from "./detector/expect_none.ts";
import { predictDetections } from "./detector/predict.ts";
import { liveLine } from "./live_line.ts";
import { numberFlag, POSITIVE } from "./numbers.ts";
import { openOutput } from "./predict/output.ts";
import { csvRows, jsonRows, type RowWriter } from "./predict/rows.ts";
import { labelsFromFlag, precisionFlag } from "./train/flags.ts";
import { onInterrupt } from "./train/interrupt.ts";

const USAGE = `Usage: ${PROGRAM} predict RUN IMAGES… [flags]

Writes the classes of images as CSV: path, class, probability, then the next classes and their
probabilities, and the right class where it is known.
RUN is a run folder, whose newest checkpoint is taken, or a checkpoint in it; its data is not needed.
IMAGES are files, folders (of images at any depth; folders in them that are named as classes tell the
right ones), and lists: .txt with a path in each line, also with a label; .csv with a header (path, or
path,label); annotations in .json.
Of a detector: writes detections as JSON in COCO's results format, with the path of each image; the id
of an image is that of its annotations, else the number at the end of its name, else its place.
  --to FILE        write to a file, created when complete, instead of standard output
  --pictures DIR   of a detector: also write each image with its boxes and masks, as PNG files
  --least X        of a detector: score of the detections that pictures show (0.5)
  --topk N         classes printed for each image (3)
  --logits         also the logit of each class
  --json           one JSON object per line instead of CSV
  --skip-bad       skip and name missing and damaged images instead of failing
  --root DIR       folder that paths in lists are relative to (that of the list)
  --labels-from N  the first label in lists that number classes (0)
  --batch N        images computed at once (250; of a detector 1)
  --precision P    float32 or bf16
  --exif           apply the EXIF rotation of images (as in the run's training)
  --max-pixels N   pixels of the largest image that is decoded (178956970, as in Pillow)
  --recipe NAME    recipe of the checkpoint; default: the run's
  --data DIR       folder of the training data, for runs of earlier versions
  --device D       cpu, gpu, gpu:1, gpu:0,1, tpu, or auto: an accelerator if one is set up (auto)
  --help           this text`;

type Flags = { readonly [name: string]: string | boolean | undefined };

/** The command `predict`. */
export const command: Command = {
  name: "predict",
  usage: USAGE,
  flags: {
    ...DEVICE_FLAG,
    to: { type: "string" },
    pictures: { type: "string" },
    least: { type: "string" },
    topk: { type: "string" },
    logits: { type: "boolean" },
    json: { type: "boolean" },
    "skip-bad": { type: "boolean" },
    root: { type: "string" },
    "labels-from": { type: "string" },
    batch: { type: "string" },
    precision: { type: "string" },
    exif: { type: "boolean" },
    "max-pixels": { type: "string" },
    recipe: { type: "string" },
    data: { type: "string" },
  },
  positionals: true,
  run,
};

async function run(flags: Flags, [path, ...images]: string[]): Promise<number> {
  if (path === undefined) throw new UsageError("Expected a run folder and images but found none");
  if (images.length === 0) {
    throw new UsageError(`Expected images after ${path}, files, folders or lists, but found none`);
  }
  if (await isDetectorRun(path)) return await predictDetections(path, images, flags);
  expectNone(flags, ["pictures", "least"], "the run of a classifier");
  const text = (name: string) => flags[name] as string | undefined;
  const number = (name: string) => numberFlag(name, text(name), POSITIVE);
  const topk = number("topk") ?? 3, logits = flags.logits === true, to = text("to");
  const options = {
    topk,
    logits,
    skipDamaged: flags["skip-bad"] === true,
    root: text("root"),
    labelsFrom: labelsFromFlag(text("labels-from")),
    batch: number("batch"),
    precision: precisionFlag(text("precision")),
    exif: flags.exif as boolean | undefined,
    maxPixels: number("max-pixels"),
  };
  const model = await openModel(path, { recipe: text("recipe"), folder: text("data") });
  const interrupt = onInterrupt();
  const progress = progressLine(to !== undefined);
  try {
    await using output = await openOutput(to);
    let rows: RowWriter | undefined;
    const begin = async (labelled: boolean) => {
      const { classNames } = model;
      rows = flags.json ? jsonRows() : await csvRows({ classNames, topk, labelled, logits });
      await output.write(rows.head);
      return rows;
    };
    await predictEach(model, images, async (predictions) => {
      rows ??= await begin(progress.labelled);
      await output.write(rows.rows(predictions));
      progress.done(predictions);
    }, { ...options, onBegin: progress.begin, signal: interrupt.signal });
    if (!rows) await begin(false);
    await output.finish();
    progress.end(to);
  } catch (error) {
    if (interrupt.code !== undefined) return interrupt.code;
    // The reader of standard output has closed the pipe, as `head` does.
    if (error instanceof Deno.errors.BrokenPipe) return 0;
    throw error;
  } finally {
    progress.close();
    interrupt.close();
    model.dispose();
  }
  return 0;
}

/** Reports on stderr: images that are not read, progress, and the accuracy on images whose class is known. */
function progressLine(toFile: boolean) {
  const line = liveLine();
  let found: FoundImages = { images: 0, labelled: 0, notes: [], skipped: [] };
  let done = 0, right = 0;
  return {
    get labelled() {
      return found.labelled > 0;
    },
    begin(all: FoundImages) {
      found = all;
      for (const note of all.notes) line.note(note);
      for (const message of all.skipped) line.note(`skipped: ${message}`);
    },
    done(predictions: readonly ImagePrediction[]) {
      done += predictions.length;
      right += predictions.filter((each) => each.class === each.trueClass).length;
      // With the rows on the same terminal, the status line would be mixed with them.
      if (toFile) line.show(`${done} of ${found.images} images`);
    },
    end(to: string | undefined) {
      const { images, labelled, skipped } = found;
      line.end();
      const damaged = skipped.length > 0 ? `, ${skipped.length} skipped` : "";
      const where = to === undefined ? "" : `${to}: `;
      line.note(`${where}${images} ${images === 1 ? "image" : "images"}${damaged}`);
      if (labelled === 0) return;
      line.note(
        `right: ${(100 * right / labelled).toFixed(1)} % of the ${labelled} whose class is known`,
      );
    },
    close: line.end,
  };
}

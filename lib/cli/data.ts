/**
 * `deno task data`: downloads, imports and inspects data sets.
 *
 * @module
 */
import { PROGRAM } from "../core/program.ts";
import { type Command, commandOfParts } from "./command.ts";
import { downloadCommand } from "./data/download.ts";
import { importCommand } from "./data/import.ts";
import { inspectCommand } from "./data/inspect.ts";

const USAGE =
  `Usage: ${PROGRAM} data download cifar10|cifar100 --to DIR [--kind binary|python] [--from FILE|URL]
       ${PROGRAM} data import FOLDER --to DIR [--size N] [--exif] [--max-pixels N] [--skip-bad]
       ${PROGRAM} data inspect DIR|LIST|builtin|builtin-lvis [--root DIR] [--test LIST] [--split test|val]
                              [--labels-from N] [--check]
                              [--imbalance N] [--profile P] [--seed N] [--groups A,B] [--json]

download  downloads CIFAR's archive and checks its MD5; --from sets another address
import    packs FOLDER/train/<class>/ and FOLDER/test/<class>/ or FOLDER/val/<class>/ of images into
          one file per set that loads at once; --size resizes, and is required if image sizes differ;
          --exif applies the EXIF rotation of images, --max-pixels raises the limit of 178956970 for
          one image, --skip-bad skips damaged images
inspect   prints images by class and group, imbalance and Gini coefficient of a folder (packed, CIFAR,
          train/<class>/ and test/<class>/ or val/<class>/, or lists: train.txt and test.txt, or the
          official ones of ImageNet-LT, iNaturalist 2018, Places-LT) or of one list: lines of "path
          label", CSV with a header, or annotations in JSON; also classes missing in the evaluation set,
          images common to both sets, other files in the folders, and images with an EXIF rotation.
          --root is the folder that paths in lists are relative to (default: that of the list), --test
          a list to evaluate on, --split the set to evaluate on if both exist, --labels-from the first
          label of lists that number classes (0), --groups the thresholds of Tail, Medium and Head
          (20,100), --check checks that every image of a list exists; with --imbalance the long-tailed
          subset for training: its counts, and the SHA-256 of its indices; P is exponential (default),
          step or pareto. Of annotated objects, a file in the format of LVIS v1 or COCO or builtin-lvis:
          rare, common and frequent classes, images and objects of each, and what cannot be learnt from;
          with --check and --root also images that are missing`;

/** The command `data`. */
export const command: Command = commandOfParts({
  name: "data",
  usage: USAGE,
  parts: { download: downloadCommand, import: importCommand, inspect: inspectCommand },
});

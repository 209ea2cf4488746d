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
       ${PROGRAM} data inspect DIR|LIST|builtin [--root DIR] [--test LIST] [--split test|val]
                              [--labels-from N] [--check]
                              [--imbalance N] [--profile P] [--seed N] [--groups A,B] [--json]

download  downloads CIFAR's archive and checks its MD5; --from gives another address
import    packs FOLDER/train/<class>/ and FOLDER/test/<class>/ or FOLDER/val/<class>/ of images into
          a file for each that loads at once; --size resizes, and is needed where images differ in
          size; --exif turns images upright that cameras have stored rotated, --max-pixels raises the
          limit of 178956970 for one image, --skip-bad leaves damaged images out
inspect   prints images by class and group, imbalance and Gini coefficient of a folder (packed, CIFAR,
          train/<class>/ and test/<class>/ or val/<class>/, or lists: train.txt and test.txt, or the
          official ones of ImageNet-LT, iNaturalist 2018, Places-LT) or of one list: lines of "path
          label", CSV with a header, or annotations in JSON; which classes the set to evaluate on
          lacks, and which of its images are in the training set, too; what else lies in the folders, and
          how many images cameras have stored rotated. --root is the folder that paths
          in lists begin in (default: that of the list), --test a list to evaluate on, --split the set
          to evaluate on where there are both, --labels-from the first label of lists that number
          classes (0), --groups other borders of Tail, Medium and Head (20,100), --check looks for every image of a list; with --imbalance the long-tailed subset
          that training takes: its counts, and the SHA-256 of its indices; P is exponential (default),
          step or pareto`;

/** The command `data`. */
export const command: Command = commandOfParts({
  name: "data",
  usage: USAGE,
  parts: { download: downloadCommand, import: importCommand, inspect: inspectCommand },
});

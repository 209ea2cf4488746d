/**
 * `deno task data`: downloads, imports and inspects data sets.
 *
 * @module
 */
import { UsageError } from "../core/errors.ts";
import { type Command, execute } from "./command.ts";
import type { Part } from "./data/part.ts";
import { downloadCommand } from "./data/download.ts";
import { importCommand } from "./data/import.ts";
import { inspectCommand } from "./data/inspect.ts";

const USAGE =
  `Usage: deno task data download cifar10|cifar100 --to DIR [--kind binary|python] [--from FILE|URL]
       deno task data import FOLDER --to DIR [--size N] [--skip-bad]
       deno task data inspect DIR|LIST|builtin [--root DIR] [--test LIST] [--check]
                              [--imbalance N] [--profile P] [--seed N] [--json]

download  brings CIFAR's archive, checked by its MD5; --from takes it from elsewhere
import    packs FOLDER/train/<class>/ and FOLDER/test/<class>/ of JPEG, PNG or WebP images into two
          files that load at once; --size resizes (default: the size of the first image);
          --skip-bad leaves damaged images out
inspect   prints images by class and group, imbalance and Gini coefficient of a folder (packed, CIFAR,
          train/<class>/ and test/<class>/, or lists: train.txt and test.txt, or the official ones of
          ImageNet-LT, iNaturalist 2018, Places-LT) or of one list of "path label" or annotations in
          JSON; --root is the folder that paths in lists begin in (default: that of the list), --test
          a list to evaluate on, --check looks for every image of a list; with --imbalance the
          long-tailed subset that training takes: its counts, and the SHA-256 of its indices;
          P is exponential (default), step or pareto`;

const PARTS: Readonly<Record<string, Part>> = {
  download: downloadCommand,
  import: importCommand,
  inspect: inspectCommand,
};

const COMMAND: Command<Record<string, never>> = {
  name: "data",
  usage: USAGE,
  flags: {},
  positionals: true,
  run(_flags, [part]) {
    const wanted = Object.keys(PARTS).join(", ");
    throw new UsageError(`Expected one of ${wanted} but found ${part ? `"${part}"` : "nothing"}`);
  },
};

/** Runs the command line with these arguments and returns its exit code. */
export function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  const part = Object.hasOwn(PARTS, name ?? "") ? PARTS[name] : undefined;
  return part
    ? execute({ ...part, name: "data", usage: USAGE, positionals: true }, rest)
    : execute(COMMAND, args);
}

if (import.meta.main) Deno.exit(await main(Deno.args));

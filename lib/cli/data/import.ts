/**
 * `deno task data import`.
 *
 * @module
 */
import { importFolder } from "../../data/import.ts";
import type { Command } from "../command.ts";
import { liveLine } from "../live_line.ts";
import { numberFlag, POSITIVE } from "../numbers.ts";
import { type DataFlags, neededFlag, onlyArgument } from "./arguments.ts";

/** Maximum number of damaged images listed by name. */
const NAMED = 10;

/** Display names of the sets. */
const SETS: Readonly<Record<string, string>> = {
  train: "training",
  test: "test",
  val: "validation",
};

/** Packs folders of images into files that load at once. */
export const importCommand: Command = {
  name: "data import",
  usage: "",
  flags: {
    to: { type: "string" },
    size: { type: "string" },
    exif: { type: "boolean" },
    "max-pixels": { type: "string" },
    "skip-bad": { type: "boolean" },
  },
  positionals: true,
  async run(flags: DataFlags, positionals) {
    const folder = onlyArgument(positionals, "one folder to import");
    const to = neededFlag(flags, "to", "the folder to write to");
    const size = numberFlag("size", flags.size as string | undefined, POSITIVE);
    const line = liveLine();
    let tenth = 0;
    const { split, images, skipped, skippedFiles } = await importFolder(folder, to, {
      size,
      exif: flags.exif === true,
      maxPixels: numberFlag("max-pixels", flags["max-pixels"] as string | undefined, POSITIVE),
      skipBad: flags["skip-bad"] === true,
      onProgress(set, done, all) {
        const text = `Importing ${set}: ${done} of ${all} images`;
        const part = Math.floor(10 * done / all);
        if (part === tenth && done < all) return;
        tenth = part;
        if (line.terminal) line.show(text);
        else line.note(text);
      },
    });
    line.end();
    for (const message of skippedFiles) console.error(message);
    for (const message of skipped.slice(0, NAMED)) console.error(`skipped: ${message}`);
    if (skipped.length > 0) console.error(`${skipped.length} damaged images were skipped`);
    for (const message of split.warnings ?? []) console.error(`warning: ${message}`);
    const { train } = split;
    const sets = Object.entries(images).map(([set, count]) => `${count} ${SETS[set]}`);
    console.log(
      `${to}: ${sets.join(" and ")} images of ` +
        `${train.classNames.length} classes, ${train.shape[0]} × ${train.shape[1]} pixels`,
    );
    return 0;
  },
};

/**
 * `deno task data download`.
 *
 * @module
 */
import { didYouMean } from "../../core/did_you_mean.ts";
import { UsageError } from "../../core/errors.ts";
import { downloadCifar } from "../../data/cifar/download.ts";
import type { Command } from "../command.ts";
import { liveLine } from "../live_line.ts";
import { wordFlag } from "../words.ts";
import { type DataFlags, neededFlag, onlyArgument } from "./arguments.ts";

/** Downloads a CIFAR archive. */
export const downloadCommand: Command = {
  name: "data download",
  usage: "",
  flags: { to: { type: "string" }, kind: { type: "string" }, from: { type: "string" } },
  positionals: true,
  async run(flags: DataFlags, positionals) {
    const name = onlyArgument(positionals, "cifar10 or cifar100");
    if (name !== "cifar10" && name !== "cifar100") {
      const hint = didYouMean(name, ["cifar10", "cifar100"]);
      throw new UsageError(`Expected cifar10 or cifar100 but found "${name}"${hint}`);
    }
    const kind = wordFlag("kind", flags.kind as string | undefined, ["binary", "python"]);
    const line = liveLine();
    let quarter = 0;
    const path = await downloadCifar(name, neededFlag(flags, "to", "the folder to download to"), {
      kind,
      from: flags.from as string | undefined,
      onProgress(done, total) {
        const text = `Downloading ${name}: ${megabytes(done)} of ${
          total === undefined ? "?" : megabytes(total)
        } MB`;
        line.show(text);
        const part = total === undefined ? 0 : Math.floor(4 * done / total);
        if (!line.terminal && part > quarter) line.note(text);
        quarter = part;
      },
    });
    line.end();
    console.log(`${name} is in ${path}, its MD5 is right`);
    return 0;
  },
};

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

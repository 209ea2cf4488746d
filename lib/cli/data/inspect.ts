/**
 * `deno task data inspect`.
 *
 * @module
 */
import { UsageError } from "../../core/errors.ts";
import { builtin } from "../../data/builtin/mod.ts";
import { classStatistics } from "../../data/class_statistics.ts";
import { classCounts, type ImageDataset } from "../../data/dataset.ts";
import { leftOutLines } from "../../data/files/left_out_lines.ts";
import { longTail } from "../../data/long_tail.ts";
import { openData, openList } from "../../data/open.ts";
import { numberFlag } from "../numbers.ts";
import { wordFlag } from "../words.ts";
import { type DataFlags, onlyArgument } from "./arguments.ts";
import { countsReport } from "./counts_report.ts";
import type { Part } from "./part.ts";

/** Shows how many images classes have. */
export const inspectCommand: Part = {
  name: "data inspect",
  usage: "",
  flags: {
    root: { type: "string" },
    test: { type: "string" },
    check: { type: "boolean" },
    imbalance: { type: "string" },
    profile: { type: "string" },
    seed: { type: "string" },
    json: { type: "boolean" },
  },
  async run(flags: DataFlags, positionals) {
    const path = onlyArgument(positionals, "one folder, a list, or builtin");
    const text = (name: string) => flags[name] as string | undefined;
    const imbalance = numberFlag("imbalance", text("imbalance"), { least: 1, integer: false });
    const profile = wordFlag("profile", text("profile"), ["exponential", "step", "pareto"]);
    const seed = numberFlag("seed", text("seed"), { least: 0, integer: true }) ?? 0;
    if (imbalance === undefined && profile !== undefined) {
      throw new UsageError("Expected --imbalance with --profile");
    }
    const options = { root: text("root"), test: text("test"), checkFiles: flags.check === true };
    const { train, test } = await open(path, seed, options);
    let counts = classCounts(train), sha256: string | undefined;
    if (imbalance !== undefined) {
      ({ counts, sha256 } = longTail(train, { imbalance, profile, seed }));
    }
    const { name, classNames } = train;
    console.log(countsReport(classNames, counts, test?.labels.length));
    for (const line of leftOutLines(test ? [train, test] : [train])) console.log(line);
    if (sha256) console.log(`SHA-256 of the indices: ${sha256}`);
    if (flags.json) {
      const { classes: _, ...statistics } = classStatistics(counts);
      console.log(JSON.stringify({ name, classNames, counts, ...statistics, sha256 }));
    }
    return 0;
  },
};

/** A training and a test set, or a list alone. */
async function open(
  path: string,
  seed: number,
  options: { root?: string; test?: string; checkFiles: boolean },
): Promise<{ train: ImageDataset; test?: ImageDataset }> {
  if (path === "builtin") return builtin({ seed, imbalance: 1 });
  if (/\.(txt|json)$/i.test(path)) {
    const train = await openList(path, options);
    if (options.test === undefined) return { train };
    const { classNames } = train;
    return { train, test: await openList(options.test, { ...options, classNames }) };
  }
  return await openData(path, options);
}

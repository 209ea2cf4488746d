/**
 * `deno task data inspect`.
 *
 * @module
 */
import { UsageError } from "../../core/errors.ts";
import { builtin } from "../../data/builtin/mod.ts";
import { classStatistics } from "../../data/class_statistics.ts";
import { classCounts, type EvaluationSet, type Split } from "../../data/dataset.ts";
import { describeAllSkipped } from "../../data/files/describe_skipped.ts";
import { longTail } from "../../data/long_tail.ts";
import { openData } from "../../data/open.ts";
import { isList, openList, openTestList } from "../../data/open_lists.ts";
import type { Command } from "../command.ts";
import { numberFlag } from "../numbers.ts";
import { groupsFlag, labelsFromFlag, splitFlag } from "../train/flags.ts";
import { wordFlag } from "../words.ts";
import { type DataFlags, onlyArgument } from "./arguments.ts";
import { countsReport } from "./counts_report.ts";
import { areObjects, inspectObjects } from "./inspect_objects.ts";
import { rotatedLines } from "./rotated_report.ts";
import { testReport } from "./test_report.ts";

/** Prints class counts and statistics of a data set. */
export const inspectCommand: Command = {
  name: "data inspect",
  usage: "",
  flags: {
    root: { type: "string" },
    test: { type: "string" },
    split: { type: "string" },
    "labels-from": { type: "string" },
    check: { type: "boolean" },
    imbalance: { type: "string" },
    profile: { type: "string" },
    seed: { type: "string" },
    groups: { type: "string" },
    json: { type: "boolean" },
  },
  positionals: true,
  async run(flags: DataFlags, positionals) {
    const path = onlyArgument(positionals, "one folder, a list, builtin or builtin-lvis");
    const text = (name: string) => flags[name] as string | undefined;
    const seed = numberFlag("seed", text("seed"), { min: 0, integer: true }) ?? 0;
    if (await areObjects(path)) return await inspectObjects(path, seed, flags);
    const imbalance = numberFlag("imbalance", text("imbalance"), { min: 1, integer: false });
    const profile = wordFlag("profile", text("profile"), ["exponential", "step", "pareto"]);
    const groups = groupsFlag(text("groups"));
    if (imbalance === undefined && profile !== undefined) {
      throw new UsageError("Expected --imbalance with --profile");
    }
    const { train, test, ...data } = await open(path, seed, {
      root: text("root"),
      test: text("test"),
      split: splitFlag(text("split")),
      labelsFrom: labelsFromFlag(text("labels-from")),
      checkFiles: flags.check === true,
    });
    let counts = classCounts(train), sha256: string | undefined;
    if (imbalance !== undefined) {
      ({ counts, sha256 } = longTail(train, { imbalance, profile, seed }));
    }
    const { name, classNames } = train;
    const tested = test && testReport({ ...data, train, test });
    console.log(countsReport(classNames, counts, test?.labels.length, groups));
    for (const line of tested?.lines ?? []) console.log(line);
    for (const line of describeAllSkipped(test ? [train, test] : [train])) console.log(line);
    for (const line of await rotatedLines(test ? [train, test] : [train], flags.check === true)) {
      console.log(line);
    }
    if (sha256) console.log(`SHA-256 of the indices: ${sha256}`);
    for (const line of data.warnings ?? []) console.error(`warning: ${line}`);
    if (flags.json) {
      const { classes: _, ...statistics } = classStatistics(counts, groups);
      const { evaluatedOn } = data, { counts: testImages, common } = tested ?? {};
      const ofTest = { evaluatedOn, testImages, common };
      console.log(JSON.stringify({ name, classNames, counts, ...statistics, ...ofTest, sha256 }));
    }
    return 0;
  },
};

/** Flags that select the data. */
interface Opening {
  readonly root?: string;
  readonly test?: string;
  readonly split?: EvaluationSet;
  readonly labelsFrom?: number;
  readonly checkFiles: boolean;
}

/** Opens a training set with its evaluation set, or a single list. */
async function open(
  path: string,
  seed: number,
  { test, split, ...options }: Opening,
): Promise<Pick<Split, "train" | "evaluatedOn" | "warnings"> & Partial<Split>> {
  if (path === "builtin") return builtin({ seed, imbalance: 1 });
  if (!isList(path) || split !== undefined) {
    return await openData(path, { ...options, test, split });
  }
  const train = await openList(path, options);
  return test === undefined ? { train } : { train, test: await openTestList(test, train, options) };
}

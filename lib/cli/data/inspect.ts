/**
 * `deno task data inspect`.
 *
 * @module
 */
import { UsageError } from "../../core/errors.ts";
import { builtin } from "../../data/builtin/mod.ts";
import { classCounts } from "../../data/dataset.ts";
import { type Group, groupOf } from "../../data/groups.ts";
import { longTail } from "../../data/long_tail.ts";
import { openData } from "../../data/open.ts";
import { numberFlag } from "../numbers.ts";
import { type DataFlags, onlyArgument, wordFlag } from "./arguments.ts";
import type { Part } from "./part.ts";

const GROUPS: readonly Group[] = ["head", "medium", "tail"];
const BAR_WIDTH = 40;

/** Shows how many images classes have. */
export const inspectCommand: Part = {
  name: "data inspect",
  usage: "",
  flags: {
    imbalance: { type: "string" },
    profile: { type: "string" },
    seed: { type: "string" },
    json: { type: "boolean" },
  },
  async run(flags: DataFlags, positionals) {
    const folder = onlyArgument(positionals, "one folder, or builtin");
    const text = (name: string) => flags[name] as string | undefined;
    const imbalance = numberFlag("imbalance", text("imbalance"), { least: 1, integer: false });
    const profile = wordFlag(flags, "profile", ["exponential", "step", "pareto"]);
    const seed = numberFlag("seed", text("seed"), { least: 0, integer: true }) ?? 0;
    if (imbalance === undefined && profile !== undefined) {
      throw new UsageError("Expected --imbalance with --profile");
    }
    const { train, test } = folder === "builtin"
      ? builtin({ seed, imbalance: 1 })
      : await openData(folder);
    let counts = classCounts(train), sha256: string | undefined;
    if (imbalance !== undefined) {
      try {
        ({ counts, sha256 } = longTail(train, { imbalance, profile, seed }));
      } catch (cause) {
        throw cause instanceof RangeError ? new UsageError(cause.message, { cause }) : cause;
      }
    }
    print(train.classNames, counts, test.labels.length, sha256);
    if (flags.json) {
      console.log(
        JSON.stringify({ name: train.name, classNames: train.classNames, counts, sha256 }),
      );
    }
    return 0;
  },
};

function print(
  classNames: readonly string[],
  counts: readonly number[],
  testImages: number,
  sha256: string | undefined,
): void {
  const most = Math.max(...counts);
  const nameWidth = Math.max(...classNames.map((name) => name.length));
  counts.forEach((count, label) => {
    const bar = "#".repeat(Math.ceil(BAR_WIDTH * count / most));
    console.log(
      `${classNames[label].padEnd(nameWidth)}  ${String(count).padStart(6)}  ${
        groupOf(count).padEnd(6)
      }  ${bar}`,
    );
  });
  const total = counts.reduce((sum, count) => sum + count, 0);
  const groups = GROUPS.map((group) =>
    `${group} ${counts.filter((count) => groupOf(count) === group).length}`
  );
  console.log(
    `${total} training images, ${testImages} test images, classes: ${groups.join(", ")}, ` +
      `imbalance ${(most / Math.min(...counts)).toFixed(1)}`,
  );
  if (sha256) console.log(`SHA-256 of the indices: ${sha256}`);
}

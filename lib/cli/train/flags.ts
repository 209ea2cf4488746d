/**
 * The flags that training has, whether of one run or of a sweep.
 *
 * @module
 */
import { UsageError } from "../../core/errors.ts";
import type { EvaluationSet } from "../../data/dataset.ts";
import type { TrainOptions } from "../../train/options.ts";
import type { Precision } from "../../train/result.ts";
import { type NetworkName, NETWORKS, recipe } from "../../train/recipes/mod.ts";
import { numberFlag, POSITIVE } from "../numbers.ts";
import { wordFlag } from "../words.ts";

/** Flags as `node:util` wants them. */
export const TRAIN_FLAGS = {
  recipe: { type: "string", multiple: true },
  data: { type: "string" },
  root: { type: "string" },
  test: { type: "string" },
  split: { type: "string" },
  "labels-from": { type: "string" },
  size: { type: "string" },
  network: { type: "string" },
  exif: { type: "boolean" },
  "max-pixels": { type: "string" },
  "skip-bad": { type: "boolean" },
  imbalance: { type: "string" },
  iterations: { type: "string" },
  batch: { type: "string" },
  precision: { type: "string" },
  "force-precision": { type: "boolean" },
  workers: { type: "string" },
  "evaluate-every": { type: "string" },
  "checkpoint-every": { type: "string" },
  out: { type: "string" },
  json: { type: "boolean" },
} as const;

/** What the user typed. */
export type TrainFlags = { readonly [name: string]: string | boolean | string[] | undefined };

/** Methods that are trained if no recipe is named: on the built-in images, or on those of `--data`. */
const DEFAULT_METHODS = ["ce", "ce+nbn+lr"];

/** Names of the recipes wanted, each known and once. */
export function recipesOf({ recipe: named, data }: TrainFlags): readonly string[] {
  const names = (named as string[] | undefined)?.flatMap((list) => list.split(",")) ??
    DEFAULT_METHODS.map((method) => `${data === undefined ? "builtin" : "images"}/${method}`);
  for (const name of names) recipe(name);
  const twice = names.find((name, place) => names.indexOf(name) < place);
  if (twice) throw new UsageError(`Expected each --recipe once but found ${twice} twice`);
  return names;
}

/** Options of a training but its recipe, seed and folder; those left out are missing. */
export function optionsOf(flags: TrainFlags): TrainOptions {
  const text = (name: string) => flags[name] as string | undefined;
  const number = (name: string) => numberFlag(name, text(name), POSITIVE);
  return defined({
    data: defined({
      folder: text("data"),
      root: text("root"),
      test: text("test"),
      split: splitFlag(text("split")),
      labelsFrom: labelsFromFlag(text("labels-from")),
      size: number("size"),
      exif: flags.exif as boolean | undefined,
      maxPixels: number("max-pixels"),
      skipDamaged: flags["skip-bad"] as boolean | undefined,
      imbalance: numberFlag("imbalance", text("imbalance"), { least: 1, integer: false }),
    }),
    architecture: networkFlag(text("network")),
    iterations: number("iterations"),
    batch: number("batch"),
    precision: precisionFlag(text("precision")),
    forcePrecision: flags["force-precision"] as boolean | undefined,
    workers: numberFlag("workers", text("workers"), { least: 0, integer: true }),
    evaluateEvery: number("evaluate-every"),
    checkpointEvery: number("checkpoint-every"),
  });
}

/** Reads `--network`. */
function networkFlag(text: string | undefined): NetworkName | undefined {
  return wordFlag("network", text, Object.keys(NETWORKS) as NetworkName[]);
}

/** Reads `--split`. */
export function splitFlag(text: string | undefined): EvaluationSet | undefined {
  return wordFlag("split", text, ["test", "val"]);
}

/** Reads `--labels-from`. */
export function labelsFromFlag(text: string | undefined): number | undefined {
  return numberFlag("labels-from", text, { least: 0, integer: true });
}

/** Reads `--precision`. */
export function precisionFlag(text: string | undefined): Precision | undefined {
  return wordFlag("precision", text, ["float32", "bf16"]);
}

/** The properties that are there. */
function defined<T extends object>(properties: T): T {
  return Object.fromEntries(
    Object.entries(properties).filter(([, value]) => value !== undefined),
  ) as T;
}

/**
 * All settings of a training. Each row defines a flag of `train` and `sweep`, a key of config files, and a line of
 * `--help` and docs/settings.md; `options.ts` maps it to an option of `train()`.
 *
 * @module
 */
import { AUGMENTATION_NAMES } from "../data/augment/named.ts";
import { type NetworkName, NETWORKS } from "../recipes/networks.ts";
import type { Setting, ValueOf } from "./setting.ts";

const WHOLE = { kind: "integer", least: 1 } as const;

/** Settings by name: camelCase in files and in `train()`, kebab-case as flags. */
export const SETTINGS = {
  recipe: {
    kind: "texts",
    purpose: "What to train",
    value: "NAME",
    about: "<data set>/<token>[+<token>…]; more than one recipe, by commas, are trained in turn",
    usual: "ce and ce+nbn+lr",
    changes: "everything",
  },
  network: {
    kind: "word",
    words: Object.keys(NETWORKS) as NetworkName[],
    purpose: "What to train",
    value: "NAME",
    about: "another network: resnet8 to resnet110 for small images, resnet18 to resnet152, " +
      "resnext50-32x4d with random-resized crops",
    usual: "the data set's",
    changes: "network",
  },
  width: {
    kind: "number",
    above: 0,
    purpose: "What to train",
    about: "factor on the channels of the networks for small images",
    usual: "1; CIFAR-100: 4",
    changes: "network",
  },
  weights: {
    kind: "text",
    purpose: "What to train",
    value: "FILE",
    about: "start from these weights: safetensors of torchvision, timm or a run, or a run's " +
      "folder; a head for other classes is new, and what fits and what does not is printed",
    usual: "random",
    changes: "parameters before the first step",
  },
  freeze: {
    kind: "texts",
    purpose: "What to train",
    value: "PATHS",
    about: "parts that are never trained, by commas, for instance stem,stage1 or stage*/block1: " +
      "no gradient, no weight decay, and their batch norms keep their statistics",
    usual: "none",
    changes: "parameters that every stage trains",
  },
  seed: {
    kind: "integer",
    least: 0,
    purpose: "What to train",
    about: "seed of parameters, sampling and augmentation",
    usual: "0",
    changes: "everything random",
  },
  data: {
    kind: "text",
    purpose: "Images",
    value: "DIR",
    about: "folder of the images or of their lists, or a training list, for every data set but " +
      "builtin",
    usual: "none",
    changes: "data",
  },
  root: {
    kind: "text",
    purpose: "Images",
    value: "DIR",
    about: "folder that paths in lists begin in",
    usual: "that of the lists",
    changes: "data",
  },
  test: {
    kind: "text",
    purpose: "Images",
    value: "LIST",
    about: "list to evaluate on",
    usual: "the training list's name with test or val for train",
    changes: "data",
  },
  split: {
    kind: "word",
    words: ["test", "val"],
    purpose: "Images",
    value: "SET",
    about: "set to evaluate on, where there are both: test or val",
    usual: "test",
    changes: "data",
  },
  labelsFrom: {
    kind: "integer",
    least: 0,
    purpose: "Images",
    about: "the first label in lists that number classes",
    usual: "0",
    changes: "data",
  },
  size: {
    ...WHOLE,
    purpose: "Images",
    about: "height and width that images from disk are brought to",
    usual: "32; large networks: 224",
    changes: "data",
  },
  exif: {
    kind: "switch",
    purpose: "Images",
    about: "turn images upright that cameras have stored rotated",
    usual: "off, as in torchvision",
    changes: "data",
  },
  maxPixels: {
    ...WHOLE,
    purpose: "Images",
    about: "pixels of the largest image that is decoded",
    usual: "178956970, as in Pillow",
    changes: "data",
  },
  skipBad: {
    kind: "switch",
    purpose: "Images",
    about: "leave missing and damaged images out, with their count, rather than stop",
    usual: "off",
    changes: "data",
  },
  imbalance: {
    kind: "number",
    least: 1,
    purpose: "Images",
    about: "images of the largest class over those of the smallest",
    usual: "the data set's",
    changes: "data",
  },
  iterations: {
    ...WHOLE,
    purpose: "Length",
    about: "steps of the first stage; later stages keep their proportion to it",
    usual: "the recipe's",
    changes: "length of every stage",
    insteadOf: ["epochs"],
  },
  epochs: {
    kind: "number",
    above: 0,
    purpose: "Length",
    about: "the same in passes over the training images, whatever the sampler draws: epochs × " +
      "images / (batch × accumulate) steps, rounded up",
    usual: "by iterations",
    changes: "length of every stage",
    insteadOf: ["iterations"],
  },
  batch: {
    ...WHOLE,
    purpose: "Length",
    about: "images that are computed at once",
    usual: "the recipe's",
    changes: "batches of every stage",
  },
  accumulate: {
    ...WHOLE,
    purpose: "Length",
    about:
      "batches in a step: their mean gradient is that of a batch so many times as large, but " +
      "batch norm, LR and losses that compare images see one batch; takes no more memory",
    usual: "1",
    changes: "batches of every stage",
  },
  optimizer: {
    kind: "word",
    words: ["sgd", "adamw"],
    purpose: "Optimizer",
    value: "NAME",
    about: "sgd is the recipe's; adamw in its place has lr 0.001 and weight-decay 0.01 unless told",
    usual: "sgd",
    changes: "optimizer of every stage",
  },
  lr: {
    kind: "number",
    above: 0,
    purpose: "Optimizer",
    about: "highest learning rate of the first stage; the rates of all stages are multiplied alike",
    usual: "the recipe's",
    changes: "schedule of every stage",
  },
  schedule: {
    kind: "word",
    words: ["cosine", "constant"],
    purpose: "Optimizer",
    value: "NAME",
    about:
      "how the rate goes on from its highest in every stage: cosine, down to 0, or constant, " +
      "which has no warm-up unless told, so that the run can be resumed for longer",
    usual: "the recipe's",
    changes: "schedule of every stage",
  },
  warmup: {
    kind: "integer",
    least: 0,
    purpose: "Optimizer",
    about: "steps over which the rate rises, in the first stage and in others that warm up",
    usual: "the recipe's",
    changes: "schedule of stages that warm up",
  },
  weightDecay: {
    kind: "number",
    least: 0,
    purpose: "Optimizer",
    about: "weight decay of the first stage; those of later stages keep their proportion to it; " +
      "what a recipe does not decay stays without",
    usual: "the recipe's",
    changes: "optimizer of every stage",
  },
  momentum: {
    kind: "number",
    least: 0,
    below: 1,
    purpose: "Optimizer",
    about: "momentum of SGD",
    usual: "0.9",
    changes: "optimizer of every stage",
  },
  statistics: {
    kind: "word",
    words: ["fixed", "shifting"],
    purpose: "Optimizer",
    value: "WORD",
    about: "running statistics of norm layers that a second stage does not train: fixed, or " +
      "shifting, while the batch normalises",
    usual: "the recipe's",
    changes: "stages that train a part",
  },
  clipNorm: {
    kind: "number",
    above: 0,
    purpose: "Optimizer",
    about: "largest norm of the gradient of all parameters together; a longer one is shortened",
    usual: "no limit",
    changes: "step of every stage",
  },
  labelSmoothing: {
    kind: "number",
    least: 0,
    below: 1,
    purpose: "Loss and augmentation",
    about: "share of each target that is spread over all classes, for losses that are " +
      "cross-entropies; second stages keep their own losses",
    usual: "0",
    changes: "loss of the first stage",
  },
  augment: {
    kind: "word",
    words: AUGMENTATION_NAMES,
    purpose: "Loss and augmentation",
    value: "NAME",
    about: `how images are changed at random: ${AUGMENTATION_NAMES.join(", ")}`,
    usual: "the recipe's",
    changes: "augmentation of every stage",
  },
  groups: {
    kind: "borders",
    purpose: "Evaluation and checkpoints",
    value: "A,B",
    about: "Tail are classes of fewer than A training images, Medium those of A to B, Head the " +
      "others",
    usual: "20,100",
    changes: "evaluation",
  },
  evaluateEvery: {
    ...WHOLE,
    purpose: "Evaluation and checkpoints",
    about: "steps between evaluations",
    usual: "a tenth of all",
    changes: "evaluation",
    incidental: true,
  },
  earlyStop: {
    ...WHOLE,
    purpose: "Evaluation and checkpoints",
    about: "end a stage after N evaluations in which the mean accuracy of the classes was not " +
      "higher than before; it is that of the validation images, and where there are none of the " +
      "test images, which then no longer tell how good the network is on new ones",
    usual: "never",
    changes: "length of every stage",
  },
  keepBest: {
    kind: "switch",
    purpose: "Evaluation and checkpoints",
    about: "keep the network of the last stage's best evaluation, by the same measure, in " +
      "best.safetensors",
    usual: "off",
    changes: "run folder",
    incidental: true,
  },
  checkpointEvery: {
    ...WHOLE,
    purpose: "Evaluation and checkpoints",
    about: "steps between checkpoints",
    usual: "1000",
    changes: "run folder",
    incidental: true,
  },
  precision: {
    kind: "word",
    words: ["float32", "bf16"],
    purpose: "Computing",
    value: "NAME",
    about: "float32, or bf16 where the processor is faster with it (float32 elsewhere)",
    usual: "float32",
    changes: "step of every stage",
  },
  forcePrecision: {
    kind: "switch",
    purpose: "Computing",
    about: "bf16 on every processor",
    usual: "off",
    changes: "step of every stage",
    incidental: true,
  },
  workers: {
    kind: "integer",
    least: 0,
    purpose: "Computing",
    about: "threads that prepare batches",
    usual: "by the number of processors",
    changes: "nothing that is trained",
    incidental: true,
  },
} as const satisfies Readonly<Record<string, Setting>>;

/** Name of a setting. */
export type SettingName = keyof typeof SETTINGS;

/** Values of settings; omitted ones default to those of the recipe. */
export type Settings = { readonly [Name in SettingName]?: ValueOf<(typeof SETTINGS)[Name]> };

/** Names of all settings. */
export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];

/**
 * Returns the flag of a setting, without leading dashes.
 *
 * @param name Name of the setting.
 * @returns For instance `weight-decay`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(flagOf("weightDecay"), "weight-decay");
 * ```
 */
export function flagOf(name: SettingName): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

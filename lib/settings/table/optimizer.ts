/**
 * Settings of a training: optimizer, learning rate and gradient.
 *
 * @module
 */
import type { SettingRow } from "../setting.ts";

/** Settings under the heading "Optimizer". */
export const OPTIMIZER = {
  optimizer: {
    kind: "word",
    words: ["sgd", "adamw"],
    placeholder: "NAME",
    description: "sgd is the recipe's; adamw replaces it, with lr 0.001 and weight-decay 0.01 by " +
      "default",
    default: "sgd",
    changes: "optimizer of every stage",
  },
  lr: {
    kind: "number",
    above: 0,
    description:
      "highest learning rate of the first stage; the rates of all stages are scaled by the " +
      "same factor",
    default: "the recipe's",
    changes: "schedule of every stage",
  },
  schedule: {
    kind: "word",
    words: ["cosine", "constant"],
    placeholder: "NAME",
    description:
      "shape of the schedule of every stage after its highest rate: cosine decay to 0, or " +
      "constant, by default without a warm-up, so that the run can be extended",
    default: "the recipe's",
    changes: "schedule of every stage",
  },
  warmup: {
    kind: "integer",
    min: 0,
    description: "warm-up steps of the first stage and of other stages that have a warm-up",
    default: "the recipe's",
    changes: "schedule of stages that warm up",
  },
  weightDecay: {
    kind: "number",
    min: 0,
    description: "weight decay of the first stage; that of later stages is scaled in proportion; " +
      "parameters that a recipe excludes stay excluded",
    default: "the recipe's",
    changes: "optimizer of every stage",
  },
  momentum: {
    kind: "number",
    min: 0,
    below: 1,
    description: "momentum of SGD",
    default: "0.9",
    changes: "optimizer of every stage",
  },
  statistics: {
    kind: "word",
    words: ["fixed", "shifting"],
    placeholder: "WORD",
    description:
      "running statistics of norm layers that a second stage does not train: fixed, or " +
      "shifting, which normalises by the batch and updates them",
    default: "the recipe's",
    changes: "stages that train a part",
  },
  clipNorm: {
    kind: "number",
    above: 0,
    description: "gradient clipping: upper bound of the norm of the gradient of all parameters",
    default: "no limit",
    changes: "step of every stage",
  },
} as const satisfies Readonly<Record<string, SettingRow>>;

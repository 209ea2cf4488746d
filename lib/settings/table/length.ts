/**
 * Settings of a training: how many steps and images a training has.
 *
 * @module
 */
import { POSITIVE, type SettingRow } from "../setting.ts";

/** Settings under the heading "Length". */
export const LENGTH = {
  iterations: {
    ...POSITIVE,
    description: "steps of the first stage; later stages are scaled in proportion",
    default: "the recipe's",
    changes: "length of every stage",
    alternatives: ["epochs"],
  },
  epochs: {
    kind: "number",
    above: 0,
    description: "the same in epochs, regardless of the sampler: epochs × images / (batch × " +
      "accumulate) steps, rounded up",
    default: "set by iterations",
    changes: "length of every stage",
    alternatives: ["iterations"],
  },
  batch: {
    ...POSITIVE,
    description: "batch size",
    default: "the recipe's",
    changes: "batches of every stage",
  },
  accumulate: {
    ...POSITIVE,
    description:
      "gradient accumulation: batches per step; the mean gradient is that of a batch so " +
      "many times as large, but batch norm, LR and losses that compare images see one " +
      "batch; needs no more memory",
    default: "1",
    changes: "batches of every stage",
  },
} as const satisfies Readonly<Record<string, SettingRow>>;

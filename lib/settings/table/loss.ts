/**
 * Settings of a training: loss and augmentation.
 *
 * @module
 */
import { AUGMENTATION_NAMES } from "../../data/augment/named.ts";
import type { SettingRow } from "../setting.ts";

/** Settings under the heading "Loss and augmentation". */
export const LOSS = {
  labelSmoothing: {
    kind: "number",
    min: 0,
    below: 1,
    description: "fraction of each target that is spread over all classes, for losses that are " +
      "cross-entropies; second stages keep their losses",
    default: "0",
    changes: "loss of the first stage",
  },
  augment: {
    kind: "word",
    words: AUGMENTATION_NAMES,
    placeholder: "NAME",
    description: `random augmentation: ${AUGMENTATION_NAMES.join(", ")}`,
    default: "the recipe's",
    changes: "augmentation of every stage",
  },
} as const satisfies Readonly<Record<string, SettingRow>>;

/**
 * Settings of a training: evaluations and checkpoints.
 *
 * @module
 */
import { POSITIVE, type SettingRow } from "../setting.ts";

/** Settings under the heading "Evaluation and checkpoints". */
export const EVALUATION = {
  groups: {
    kind: "thresholds",
    placeholder: "A,B",
    description:
      "Tail are classes with fewer than A training images, Medium those with A to B, Head " +
      "the others",
    default: "20,100",
    changes: "evaluation",
  },
  evaluateEvery: {
    ...POSITIVE,
    description: "steps between evaluations",
    default: "a tenth of all steps",
    changes: "evaluation",
    incidental: true,
  },
  earlyStop: {
    ...POSITIVE,
    description:
      "early stopping: end a stage after N evaluations without an improvement of the mean " +
      "accuracy over classes, on the validation images or, if there are none, on the test " +
      "images, which are then no longer an unbiased estimate",
    default: "never",
    changes: "length of every stage",
  },
  keepBest: {
    kind: "switch",
    description: "save the network of the last stage's best evaluation, by the same metric, as " +
      "best.safetensors",
    default: "off",
    changes: "run folder",
    incidental: true,
  },
  checkpointEvery: {
    ...POSITIVE,
    description: "steps between checkpoints",
    default: "1000",
    changes: "run folder",
    incidental: true,
  },
} as const satisfies Readonly<Record<string, SettingRow>>;

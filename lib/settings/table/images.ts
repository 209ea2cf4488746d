/**
 * Settings of a training: which images are read, and how.
 *
 * @module
 */
import { POSITIVE, type SettingRow } from "../setting.ts";

/** Settings under the heading "Images". */
export const IMAGES = {
  data: {
    kind: "text",
    placeholder: "DIR",
    description:
      "folder of the images or of their lists, or a training list; for all data sets but " +
      "builtin",
    default: "none",
    changes: "data",
  },
  root: {
    kind: "text",
    placeholder: "DIR",
    description: "base folder of relative paths in lists",
    default: "the folder of the lists",
    changes: "data",
  },
  test: {
    kind: "text",
    placeholder: "LIST",
    description: "list to evaluate on",
    default: "the name of the training list with test or val for train",
    changes: "data",
  },
  split: {
    kind: "word",
    words: ["test", "val"],
    placeholder: "SET",
    description: "set to evaluate on if the data has both: test or val",
    default: "test",
    changes: "data",
  },
  labelsFrom: {
    kind: "integer",
    min: 0,
    description: "smallest label in lists with numeric labels",
    default: "0",
    changes: "data",
  },
  size: {
    ...POSITIVE,
    description: "height and width to which images from disk are resized",
    default: "32; large networks: 224",
    changes: "data",
  },
  exif: {
    kind: "switch",
    description: "rotate images by their EXIF orientation",
    default: "off, as in torchvision",
    changes: "data",
  },
  maxPixels: {
    ...POSITIVE,
    description: "number of pixels of the largest image that is decoded",
    default: "178956970, as in Pillow",
    changes: "data",
  },
  skipBad: {
    kind: "switch",
    description: "skip missing and damaged images and report their number instead of failing",
    default: "off",
    changes: "data",
  },
  imbalance: {
    kind: "number",
    min: 1,
    description: "imbalance factor: images of the largest class divided by those of the smallest",
    default: "the data set's",
    changes: "data",
  },
} as const satisfies Readonly<Record<string, SettingRow>>;

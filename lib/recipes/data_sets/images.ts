/**
 * Custom images.
 *
 * @module
 */
import { openData } from "../../data/open.ts";
import { CIFAR_SETTINGS } from "./cifar.ts";
import type { DataSet } from "./data_set.ts";
import { loadFiles } from "./files.ts";
import { longTailed } from "./long_tailed.ts";

/** A folder or a list of images, trained as CIFAR is. */
export const images: DataSet = {
  ...CIFAR_SETTINGS,
  name: "images",
  files: true,
  folder: "a folder with train/<class>/ and test/<class>/, or a list of them",
  load: (options) =>
    loadFiles(
      options,
      (files) => openData(options.folder!, files),
      (split) => longTailed(options.folder!, split, options.imbalance, options.seed),
    ),
};

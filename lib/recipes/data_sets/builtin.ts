/**
 * The built-in data set.
 *
 * @module
 */
import { UsageError } from "../../core/errors.ts";
import { builtin } from "../../data/builtin/mod.ts";
import type { DataSet } from "./data_set.ts";

/** Generated images, which need no folder. */
export const builtinSet: DataSet = {
  name: "builtin",
  scale: "small",
  everyMethod: true,
  network: "resnet8",
  iterations: 1200,
  batch: 64,
  augment: [{ name: "crop", padding: 4 }, { name: "flip" }],
  load({ imbalance = 100, seed, split }) {
    if (split === "val") {
      throw new UsageError(
        "Expected --split test for builtin, which has no validation set, but found val",
      );
    }
    return Promise.resolve({ split: builtin({ imbalance, seed }), provenance: { imbalance } });
  },
};

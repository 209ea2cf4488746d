/**
 * Which trainings are the same: data is recognised by its content.
 *
 * @module
 */
import { assertThrows } from "@std/assert";
import { UsageError } from "../../lib/core/errors.ts";
import { expectSameTraining } from "../../lib/runs/same_training.ts";

const content = { train: "3".repeat(64), test: "7".repeat(64) };
const data = { name: "cifar", folder: "data/cifar", imbalance: 100, sha256: "5", content };
const training = { seed: 0, data, counts: [3, 2] };

/** Replaces parts of the description of the data. */
const withData = (changes: Record<string, unknown>) => ({
  ...training,
  data: { ...data, ...changes },
});
/** As runs of earlier versions record it. */
const withoutContent = { ...training, data: { ...data, content: undefined } };

Deno.test("expectSameTraining() accepts the same images by other names, also of earlier runs", () => {
  const moved = withData({ name: "mine", folder: "/mnt/mine", root: "/mnt", test: "other.txt" });
  expectSameTraining("run", training, moved);
  expectSameTraining("run", { ...training, validation: "val" }, { ...moved, validation: "mine" });
  expectSameTraining("run", withoutContent, training);
  // The digest of a script's images, which only earlier versions record.
  const { sha256: _, ...others } = data;
  expectSameTraining("run", withoutContent, { ...training, data: others });
});

for (
  const [what, before, after, message] of [
    ["a setting", training, { ...training, seed: 1 }, "Expected seed to be 0,"],
    [
      "images",
      training,
      withData({ content: { ...content, train: "9".repeat(64) } }),
      "Expected the training set to have the SHA-256 333333333333, as in the run that run holds, " +
      "but found 999999999999: resume with the same images, or choose another folder",
    ],
    [
      "a validation set",
      training,
      { ...withData({ content: { ...content, validation: "9".repeat(64) } }), validation: "mine" },
      'Expected validation to be nothing, as in the run that run holds, but found "mine"',
    ],
    [
      "the imbalance, and so images",
      training,
      withData({ imbalance: 50, sha256: "6", content: { ...content, train: "9" } }),
      "Expected data.imbalance to be 100,",
    ],
    ["the folder of an earlier run", withoutContent, withData({ folder: "x" }), "data.folder"],
    ["the long tail of an earlier run", withoutContent, withData({ sha256: "6" }), "data.sha256"],
  ] as const
) {
  Deno.test(`expectSameTraining() refuses a change of ${what}`, () => {
    assertThrows(() => expectSameTraining("run", before, after), UsageError, message);
  });
}

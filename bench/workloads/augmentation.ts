/**
 * Time to turn the pixels of a CIFAR-sized image into the input of a network, on one core.
 *
 * @module
 */
import type { Augmentation } from "../../lib/data/augment/mod.ts";
import { preparer } from "../../lib/data/batches/prepare.ts";
import { builtin } from "../../lib/data/builtin/mod.ts";
import { secondsSince, type Workload } from "./workload.ts";

/** The paper's augmentation of CIFAR. */
export const PAPER_AUGMENTATION: readonly Augmentation[] = [
  { name: "crop" },
  { name: "flip" },
  { name: "autoaugment" },
  { name: "cutout" },
];

const BATCH = 128;

/**
 * Sets up the augmentation of the built-in images.
 *
 * @param options Minimum number of images prepared in a turn.
 * @returns The work; it measures the mean time of an image.
 */
export async function augmentation({ images }: { readonly images: number }): Promise<Workload> {
  const { train } = builtin({ testImages: 1 });
  const prepare = preparer({ dataset: train, views: [PAPER_AUGMENTATION], seed: 0 });
  let number = 0;
  const some = async (count: number) => {
    for (const end = number + count; number < end; number += BATCH) {
      const indices = Int32Array.from(
        { length: BATCH },
        (_, i) => (number + i) % train.labels.length,
      );
      await prepare({ indices, number });
    }
  };
  await some(images);
  return {
    async measure() {
      const start = performance.now(), first = number;
      await some(images);
      return { value: secondsSince(start) / (number - first) };
    },
    close: () => Promise.resolve(),
  };
}

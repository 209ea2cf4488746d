/**
 * CIFAR-10 and CIFAR-100, long-tailed and balanced.
 *
 * @module
 */
import { DataError } from "../../core/errors.ts";
import { PROGRAM } from "../../core/program.ts";
import { namedAugmentation } from "../../data/augment/named.ts";
import { openData } from "../../data/open.ts";
import type { DataSet } from "./data_set.ts";
import { longTailed } from "./long_tailed.ts";

/** The paper's recipe for CIFAR (section V), which follows Balanced Softmax's code. */
export const CIFAR_SETTINGS = {
  scale: "small",
  network: "resnet32",
  iterations: 13_000,
  batch: 512,
  augment: namedAugmentation("autoaugment-cutout", 32),
  follows:
    "the paper's text: 13,000 steps of 512 images, warmed up over 800 (Balanced Softmax's code counts in epochs and " +
    "gives 12,480 steps), and the accuracy of the last step, not of the best epoch. Balanced Softmax's code, as the " +
    "paper does: AutoAugment with bicubic shears, rounded shifts, turns one way, solarizing from 256 (`operations`); " +
    "Cutout before normalising, a black hole (`fill`); a linear head that starts as PyTorch's `nn.Linear` (`start` of " +
    "`linear()`). Neither: images are normalised by the deviations of their pixels, where the code has 0.2023, 0.1994, " +
    "0.2010; batch norm after the first convolution removes the difference",
} as const satisfies Partial<DataSet>;

/** What differs between the data sets. */
interface Cifar extends Pick<DataSet, "name" | "width" | "images" | "everyMethod"> {
  /** Number of classes. */
  readonly classes: 10 | 100;
  /** Default imbalance. */
  readonly defaultImbalance: number;
}

const cifar = ({ classes, defaultImbalance, ...own }: Cifar): DataSet => ({
  ...CIFAR_SETTINGS,
  ...own,
  family: `cifar${classes}`,
  folder: `a folder with CIFAR, as created by "${PROGRAM} data"`,
  async load({ folder, imbalance = defaultImbalance, seed, split: evaluation }) {
    const split = await openData(folder!, { split: evaluation });
    const found = split.train.classNames.length;
    if (found !== classes) {
      throw new DataError(
        `Expected ${folder} to contain CIFAR with ${classes} classes but found ${found}: ` +
          `take another folder, or train on images/… of your own`,
      );
    }
    return longTailed(folder!, split, imbalance, seed);
  },
});

/** CIFAR-10-LT. */
export const cifar10Lt = cifar({
  name: "cifar10-lt",
  classes: 10,
  defaultImbalance: 100,
  images: 12_406,
  everyMethod: true,
});

/** CIFAR-100-LT. */
export const cifar100Lt = cifar({
  name: "cifar100-lt",
  classes: 100,
  defaultImbalance: 100,
  width: 4,
  images: 10_847,
  everyMethod: true,
});

/** CIFAR-10. */
export const cifar10 = cifar({ name: "cifar10", classes: 10, defaultImbalance: 1, images: 50_000 });

/** CIFAR-100. */
export const cifar100 = cifar({
  name: "cifar100",
  classes: 100,
  defaultImbalance: 1,
  width: 4,
  images: 50_000,
});

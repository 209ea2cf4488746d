/**
 * Augmentation.
 *
 * @module
 */
import { peer, type Subject, work } from "../subject.ts";
import { writePixels } from "./pixels.ts";

/** The paper's augmentation of CIFAR beside torchvision's. */
export const augmentationSubject: Subject = {
  name: "augmentation",
  about: "an image of 32×32 cropped, flipped, AutoAugment, Cutout, normalised, on one core",
  cases: async ({ folder }) => [{
    name: "32×32",
    unit: "s",
    ours: work("augmentation", { images: 8192 }),
    peers: [
      peer("augmentation", { path: await writePixels(folder), size: 32, images: 2048 }, {
        name: "torchvision on PIL images",
      }),
    ],
    target: 1,
  }],
};

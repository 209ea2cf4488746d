/**
 * Benchmark of augmentation.
 *
 * @module
 */
import { type Case, peer, type Subject, work } from "../subject.ts";
import { writePixels } from "./pixels.ts";

const PHOTOGRAPH = { height: 400, width: 500 } as const;
const IMAGES = 100;

/** Display names of the augmentations of a photograph, by the names that work and peer share. */
const CHANGES: Readonly<Record<string, string>> = {
  crop: "224×224, cropped, flipped",
  jitter: "224×224, also colour jitter",
  randaugment: "224×224, RandAugment, too",
  centre: "224×224, centre crop",
};

/** The paper's augmentation of CIFAR, and augmentations of photographs, compared with torchvision. */
export const augmentationSubject: Subject = {
  name: "augmentation",
  about:
    "an image of 32×32 cropped, flipped, AutoAugment, Cutout, normalised; one of 500×400; on one core",
  async cases({ folder }) {
    const path = await writePhotograph(folder);
    return [
      {
        name: "32×32",
        unit: "s",
        ours: work("augmentation", { images: 8192 }),
        peers: [
          peer("augmentation", { path: await writePixels(folder), size: 32, images: 2048 }, {
            name: "torchvision on PIL images",
          }),
        ],
        target: 1,
      },
      ...Object.entries(CHANGES).map(([change, name]): Case => {
        const options = { change, path, ...PHOTOGRAPH, images: IMAGES };
        return {
          name,
          unit: "s",
          ours: work("image", options),
          peers: [peer("image", options, { name: "torchvision on PIL images" })],
          target: 1,
        };
      }),
    ];
  },
};

/** Writes the pixels of a synthetic photograph; its content does not affect the cost. */
async function writePhotograph(folder: string): Promise<string> {
  const { height, width } = PHOTOGRAPH, path = `${folder}/photograph`;
  const pixels = Uint8Array.from(
    { length: height * width * 3 },
    (_, i) => 128 + 100 * Math.sin(i / 700) * Math.cos(i / 91),
  );
  await Deno.writeFile(path, pixels);
  return path;
}

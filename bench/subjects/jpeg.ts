/**
 * Benchmark of JPEG decoding.
 *
 * @module
 */
import { rng } from "../../lib/core/rng.ts";
import { encodeJpeg } from "../../lib/deps/image_codecs.ts";
import { type Case, peer, type Subject, work } from "../subject.ts";

interface Files {
  /** Width of each image in pixels. */
  readonly width: number;
  /** Height of each image in pixels. */
  readonly height: number;
  /** Number of files. */
  readonly files: number;
}

interface Size extends Files {
  /** Number of times each file is decoded in a turn. */
  readonly times: number;
}

const SIZES: readonly Size[] = [
  { width: 32, height: 32, files: 100, times: 50 },
  { width: 500, height: 400, files: 10, times: 10 },
];
/** Number of waves whose sum, with a little noise, is an image. */
const WAVES = 30;
const NOISE = 8;
const QUALITY = 90;

/** Files of CIFAR's and ImageNet's image size, compared with torchvision and Pillow. */
export const jpegSubject: Subject = {
  name: "jpeg",
  about: "a JPEG file (quality 90, in memory) decoded to RGB, on one core",
  async cases({ folder }) {
    const cases: Case[] = [];
    for (const size of SIZES) {
      const name = `${size.width}×${size.height}`, files = `${folder}/${name}`;
      await writeJpegFiles(files, size);
      const options = { folder: files, times: size.times };
      cases.push({
        name,
        unit: "s",
        ours: work("jpeg", options),
        peers: [
          peer("decode_jpeg", { ...options, decoder: "torchvision" }, { name: "torchvision" }),
          peer("decode_jpeg", { ...options, decoder: "pillow" }, { name: "Pillow" }),
        ],
      });
    }
    return cases;
  },
};

/**
 * Writes synthetic images with about the file size of photographs, named `0.jpg`, `1.jpg`, …
 *
 * @param folder Folder to create.
 * @param options Size and number of the images.
 */
export async function writeJpegFiles(
  folder: string,
  { width, height, files }: Files,
): Promise<void> {
  await Deno.mkdir(folder);
  for (let file = 0; file < files; file++) {
    const random = rng(file);
    const waves = Array.from({ length: WAVES }, () => ({
      across: 40 * Math.PI / width * random.uniform() ** 3,
      down: 40 * Math.PI / height * random.uniform() ** 3,
      start: 2 * Math.PI * random.uniform(),
      colour: [0, 1, 2].map(() => 30 * random.uniform()),
    }));
    const data = new Uint8ClampedArray(4 * width * height);
    for (let pixel = 0; pixel < width * height; pixel++) {
      const x = pixel % width, y = Math.floor(pixel / width);
      const value = [128, 128, 128].map((grey) => grey + NOISE * random.uniform());
      for (const { across, down, start, colour } of waves) {
        const height = Math.sin(across * x + down * y + start);
        for (let channel = 0; channel < 3; channel++) value[channel] += colour[channel] * height;
      }
      data.set([...value, 255], 4 * pixel);
    }
    const bytes = await encodeJpeg({ width, height, data }, QUALITY);
    await Deno.writeFile(`${folder}/${file}.jpg`, bytes);
  }
}

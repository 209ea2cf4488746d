/**
 * Benchmark of streaming from disk.
 *
 * @module
 */
import { peer, type Subject, work } from "../subject.ts";
import { writeJpegFiles } from "./jpeg.ts";

const SIZE = { width: 500, height: 400, files: 32 } as const;
const BATCH = 32, BATCHES = 10;

/** JPEG files of ImageNet's image size, decoded and randomly cropped, compared with PyTorch's DataLoader. */
export const streamingSubject: Subject = {
  name: "streaming",
  about: "a JPEG file of 500×400 from disk to a batch, cropped at random to 224×224, on all cores",
  async cases({ folder }) {
    await writeJpegFiles(`${folder}/images`, SIZE);
    const path = `${folder}/list.txt`;
    const lines = Array.from({ length: SIZE.files }, (_, i) => `images/${i}.jpg 0\n`);
    await Deno.writeTextFile(path, lines.join(""));
    const workers = navigator.hardwareConcurrency;
    const options = { path, batch: BATCH, batches: BATCHES, workers };
    return [{
      name: `${workers} workers`,
      unit: "s",
      ours: work("stream", options),
      peers: [peer("stream", options, { name: "DataLoader, PIL" })],
      target: 1,
    }];
  },
};

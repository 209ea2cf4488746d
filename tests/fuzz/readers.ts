/**
 * The readers of files from outside, each with valid files to start from.
 *
 * @module
 */
import { gzipSync } from "node:zlib";
import { readAnalysis } from "../../lib/analysis/run/files.ts";
import { readMetrics } from "../../lib/analysis/read_metrics.ts";
import { loadCheckpoint } from "../../lib/checkpoints/checkpoint.ts";
import { freeTrees } from "../../lib/checkpoints/trees.ts";
import { imageAnnotations } from "../../lib/data/annotations.ts";
import { cifar10 } from "../../lib/data/cifar/mod.ts";
import { readPickle } from "../../lib/data/cifar/pickle.ts";
import { decodeImage, imageHeader } from "../../lib/data/decode.ts";
import { readList } from "../../lib/data/lists/read_list.ts";
import { attachJpeg, type NativeJpeg, sharedJpeg } from "../../lib/data/native_jpeg.ts";
import { readPacked } from "../../lib/data/packed.ts";
import type { DetectionDataset } from "../../lib/detection/lvis/dataset.ts";
import { readDetectionDataset } from "../../lib/detection/lvis/read_dataset.ts";
import { readDetectionResults } from "../../lib/detection/lvis/results.ts";
import { engine } from "../../lib/engine/engine.ts";
import { unpack } from "../../lib/engine/install/unpack.ts";
import { findRuns } from "../../lib/report/find_runs.ts";
import { readSafetensors } from "../../lib/safetensors/read.ts";
import { readTrainOptions } from "../../lib/settings/config_file.ts";
import { put } from "./files.ts";
import * as seeds from "./seeds.ts";

/** A reader of files. */
export interface Reader {
  /** Valid files. */
  seeds(): readonly Uint8Array[] | Promise<readonly Uint8Array[]>;
  /**
   * Reads a file; it throws, or leaves nothing behind.
   *
   * @param bytes The file's content.
   * @param folder A folder of the reader's own, for readers that take a path.
   */
  read(bytes: Uint8Array<ArrayBuffer>, folder: string): unknown;
}

/** Most pixels of a fuzzed image: the bound itself is tested elsewhere, and less time goes into filling memory. */
const MOST_PIXELS = 1 << 12;

/** A reader of a path: the content is written to a file of the name first. */
function ofFile(
  seeds: Reader["seeds"],
  name: string,
  read: (path: string, folder: string) => unknown,
): Reader {
  return {
    seeds,
    read(bytes, folder) {
      put(`${folder}/${name}`, bytes);
      return read(`${folder}/${name}`, folder);
    },
  };
}

/** A reader of a kind of image, given the endings of its files among the golden ones. */
function ofImages(...endings: string[]): Reader {
  return {
    seeds: () => seeds.images(endings),
    async read(bytes) {
      await imageHeader(bytes, "fuzzed");
      await decodeImage(bytes, "fuzzed", { exif: true, maxPixels: MOST_PIXELS });
    },
  };
}

/** TensorFlow's decoder, once it is loaded. */
let native: NativeJpeg | undefined;

/** The data set that detections belong to, once it is read. */
let annotated: DetectionDataset | undefined;

function lvis(folder: string): Promise<DetectionDataset> {
  const path = `${folder}/val.json`;
  put(path, seeds.lvis()[0]);
  return readDetectionDataset(path);
}

/** Checkpoints hold tensors, for which a backend has to run. */
async function checkpoints(): Promise<Uint8Array[]> {
  await engine({ backend: "cpu" });
  return seeds.checkpoints();
}

/** All readers, by name. */
export const READERS: Readonly<Record<string, Reader>> = {
  safetensors: { seeds: seeds.safetensors, read: (bytes) => readSafetensors(bytes) },
  pickle: { seeds: seeds.pickles, read: (bytes) => readPickle(bytes, "fuzzed") },
  checkpoint: ofFile(checkpoints, "checkpoint-1.safetensors", async (path) => {
    freeTrees(await loadCheckpoint(path));
  }),
  // Excerpts of one image a file.
  cifar: ofFile(
    seeds.cifarBinary,
    "cifar-10-binary.tar.gz",
    (path) => cifar10(path, { batchImages: 1 }),
  ),
  tar: {
    seeds: seeds.cifarTar,
    read(bytes, folder) {
      const path = `${folder}/cifar-10-binary.tar.gz`;
      put(path, gzipSync(bytes, { level: 0 }));
      return cifar10(path, { batchImages: 1 });
    },
  },
  zip: ofFile(seeds.zips, "wheel.whl", async (path, folder) => {
    try {
      await unpack(path, `${folder}/unpacked`, { keep: () => true });
    } finally {
      await Deno.remove(`${folder}/unpacked`, { recursive: true }).catch(() => {});
    }
  }),
  list: ofFile(seeds.lists, "train.txt", (path) => readList(path)),
  csv: ofFile(seeds.tables, "train.csv", (path) => readList(path)),
  annotations: ofFile(seeds.annotations, "train.json", (path) => imageAnnotations(path)),
  lvis: ofFile(seeds.lvis, "val.json", (path) => readDetectionDataset(path)),
  "lvis-results": {
    seeds: seeds.lvisResults,
    async read(bytes, folder) {
      put(`${folder}/results.json`, bytes);
      return readDetectionResults(`${folder}/results.json`, annotated ??= await lvis(folder));
    },
  },
  packed: ofFile(seeds.packed, "train.nbn", (path) => readPacked(path)),
  metrics: ofFile(seeds.metrics, "metrics.csv", (path) => readMetrics(path)),
  config: ofFile(seeds.configs, "config.json", (_, folder) => findRuns([folder])),
  settings: ofFile(seeds.configs, "settings.json", (path) => readTrainOptions(path)),
  summary: {
    seeds: seeds.summaries,
    async read(bytes, folder) {
      put(`${folder}/config.json`, seeds.configs()[0]);
      put(`${folder}/summary.json`, bytes);
      await findRuns([folder]);
    },
  },
  analysis: {
    seeds: seeds.analyses,
    read(bytes, folder) {
      Deno.mkdirSync(`${folder}/analysis`, { recursive: true });
      put(`${folder}/analysis/analysis.json`, bytes);
      return readAnalysis(folder);
    },
  },
  jpeg: ofImages("jpg"),
  // As worker threads decode: TensorFlow's decoder before the WebAssembly one.
  "native-jpeg": {
    seeds: () => seeds.images(["jpg"]),
    async read(bytes) {
      const shared = await sharedJpeg();
      const jpeg = shared && (native ??= attachJpeg(shared));
      await decodeImage(bytes, "fuzzed", { jpeg, maxPixels: MOST_PIXELS });
    },
  },
  png: ofImages("png"),
  webp: ofImages("webp"),
  gif: ofImages("gif"),
  bmp: ofImages("bmp"),
  tiff: ofImages("tif"),
  pnm: ofImages("ppm", "pgm", "pbm"),
  heif: ofImages("heic", "avif"),
};

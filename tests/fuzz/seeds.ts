/**
 * The corpus that fuzzing starts from: small valid files of every format. Images and pickles are the golden ones that
 * Pillow and Python wrote, run folders the published ones.
 *
 * @module
 */
import { gzipSync } from "node:zlib";
import { sha256 } from "../../lib/data/digest.ts";
import { writeSafetensors } from "../../lib/safetensors/write.ts";
import { tar } from "../data/tar.ts";
import { zip } from "../engine/install/zip.ts";

const golden = (name: string) =>
  JSON.parse(Deno.readTextFileSync(new URL(`../golden/${name}.json`, import.meta.url)));
const RUN = new URL("../../data/results/cifar10-lt-100-ce-seed0/", import.meta.url);
const published = (name: string) => Deno.readFileSync(new URL(name, RUN));
const utf8 = (text: string) => new TextEncoder().encode(text);

/**
 * Inputs at which a reader once failed: the files in `corpus/<reader>`. Every run tries them.
 */
export function foundBefore(reader: string): Uint8Array[] {
  const folder = new URL(`corpus/${reader}/`, import.meta.url);
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name).sort()
      .map((name) => Deno.readFileSync(new URL(name, folder)));
  } catch {
    return [];
  }
}

/** Golden images whose names have one of the endings. */
export function images(endings: readonly string[]): Uint8Array[] {
  const files = golden("image_files").files as Record<string, { file: string }>;
  return Object.entries(files)
    .filter(([name]) => endings.includes(name.replace(/^.*\./, "")))
    .map(([, { file }]) => Uint8Array.fromBase64(file));
}

/** Pickles of CIFAR's batches and names. */
export function pickles(): Uint8Array[] {
  const { batches, hostile, names } = golden("cifar");
  return [...Object.values<string>(batches), ...Object.values<string>(hostile), names as string]
    .map((pickle) => Uint8Array.fromBase64(pickle));
}

/** Safetensors files of every type. */
export function safetensors(): Uint8Array[] {
  const metadata = new Map([["step", "1"]]);
  return [
    writeSafetensors({ tensors: new Map(), metadata }),
    writeSafetensors({
      tensors: new Map([
        ["a/b", { type: "F32", shape: [2, 1], bytes: new Uint8Array(8) }],
        ["c", { type: "I64", shape: [], bytes: new Uint8Array(8) }],
        ["d", { type: "BOOL", shape: [0, 3], bytes: new Uint8Array(0) }],
        ["e", { type: "BF16", shape: [3], bytes: new Uint8Array(6) }],
      ]),
      metadata,
    }),
  ];
}

/** A checkpoint as the toolkit of today writes it, with few tensors. */
export function checkpoints(): Uint8Array[] {
  const scalar = { type: "F32", shape: [2], bytes: new Uint8Array(8) } as const;
  const metadata = { format: "nbn", network: "probe", step: "1", stage: "0", seed: "0" };
  return [
    writeSafetensors({
      tensors: new Map([
        ["params/head/weight", scalar],
        ["state/bn/mean", scalar],
        ["optimizer/head/weight", scalar],
      ]),
      metadata: new Map(Object.entries({ ...metadata, position: "4", notes: '{"first":"0"}' })),
    }),
  ];
}

const RECORD = new Uint8Array(3073);
const CIFAR = {
  ...Object.fromEntries(
    [1, 2, 3, 4, 5].map((batch) => [`cifar-10-batches-bin/data_batch_${batch}.bin`, RECORD]),
  ),
  "cifar-10-batches-bin/test_batch.bin": RECORD,
  "cifar-10-batches-bin/batches.meta.txt": utf8("0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n"),
};

/** CIFAR-10 of one image a file, as a tar archive. */
export function cifarTar(): Uint8Array[] {
  return [tar(CIFAR)];
}

/** CIFAR-10 of one image a file, as it is published. */
export function cifarBinary(): Uint8Array[] {
  return cifarTar().map((archive) => gzipSync(archive));
}

/** Wheels, which are zip archives. */
export function zips(): Uint8Array[] {
  return [
    zip({ "tensorflow/a.so.2": "library", "tensorflow/include/b.h": "header" }),
    zip({ "../outside.txt": "x" }),
    zip({ "/absolute.txt": "x", "a/../../b": "y" }),
  ];
}

/** Lists of lines. */
export function lists(): Uint8Array[] {
  return [
    "a/1.jpg 0\nb/2.jpg 1\nc 3.png 12\n",
    "1.jpg sea lion\r\n2.jpg cat\r\n",
    "\ufeffx.jpg\t0\n\n",
  ].map(utf8);
}

/** Lists in columns. */
export function tables(): Uint8Array[] {
  return [
    "path,label\na/1.jpg,0\nb/2.jpg,1\n",
    'id;Class;file\n1;"sea ""lion""";"x;1.jpg"\n2;cat;y.jpg\n',
    "file\tlabel\nx.jpg\tcat\n",
  ].map(utf8);
}

/** Annotations in the layouts of iNaturalist, COCO and LVIS. */
export function annotations(): Uint8Array[] {
  const images = [{ id: 7, file_name: "a.jpg" }, { id: 8, file_name: "b.jpg" }];
  const annotations = [{ image_id: 7, category_id: 1 }, { image_id: 8, category_id: 0 }];
  const categories = [{ id: 0, name: "heron" }, { id: 1, name: "stork", frequency: "r" }];
  return [{ images, annotations, categories }, { images, annotations }]
    .map((file) => utf8(JSON.stringify(file)));
}

/** A packed data set of two images. */
export function packed(): Uint8Array[] {
  const labels = new Uint8Array(Int32Array.of(0, 1).buffer), pixels = new Uint8Array(24);
  const header = utf8(JSON.stringify({
    name: "two",
    classNames: ["a", "b"],
    shape: [2, 2, 3],
    mean: [0.5, 0.5, 0.5],
    std: [1, 1, 1],
    images: 2,
    sha256: sha256(labels, pixels),
  }));
  const length = new Uint8Array(Uint32Array.of(header.length).buffer);
  const parts = [utf8("NBNPACK1"), length, header, labels, pixels];
  return [new Uint8Array(parts.flatMap((part) => [...part]))];
}

/** Annotations of detection in the layout of LVIS: a box, polygons, run lengths. */
export function lvis(): Uint8Array[] {
  return [utf8(JSON.stringify(LVIS))];
}

/** Detections on the images of {@linkcode lvis}. */
export function lvisResults(): Uint8Array[] {
  const common = { image_id: 7, category_id: 1, score: 0.5 };
  return [[{ ...common, bbox: [2, 2, 4, 4] }], [{ ...common, segmentation: RUN_LENGTHS }]]
    .map((results) => utf8(JSON.stringify(results)));
}

const RUN_LENGTHS = { size: [10, 20], counts: [50, 4, 146] };
const POLYGONS = [[2, 2, 6, 2, 6, 6, 2, 6]];

/** An annotated image with two objects. */
export const LVIS = {
  images: [{
    id: 7,
    width: 20,
    height: 10,
    coco_url: "val2017/7.jpg",
    neg_category_ids: [2],
    not_exhaustive_category_ids: [],
  }],
  categories: [{ id: 1, name: "heron", frequency: "f" }, { id: 2, name: "stork", frequency: "r" }],
  annotations: [POLYGONS, RUN_LENGTHS].map((segmentation, id) => ({
    ...{ id, image_id: 7, category_id: 1, bbox: [2, 2, 4, 4], area: 16, segmentation },
  })),
};

/** The first lines of a training log. */
export function metrics(): Uint8Array[] {
  return [
    published("metrics.csv").subarray(0, 600),
    utf8("step,loss,all\r\n1,0.5,\r\n2,0.25,80\r\n"),
  ];
}

/** The `config.json` of a run, and a config file. */
export function configs(): Uint8Array[] {
  return [published("config.json"), utf8('{ "recipe": "builtin/ce", "weightDecay": 1e-4 }')];
}

/** The `summary.json` of a run. */
export function summaries(): Uint8Array[] {
  return [published("summary.json")];
}

/** The `analysis.json` of a run. */
export function analyses(): Uint8Array[] {
  return [published("analysis/analysis.json")];
}

/**
 * CIFAR-10 and CIFAR-100 from their official archives.
 *
 * @module
 */
import { PROGRAM } from "../../core/program.ts";
import { DataError } from "../../core/errors.ts";
import type { ImageDataset, Split } from "../dataset.ts";
import { colourStatistics } from "../statistics.ts";
import { type CifarKind, type CifarName, CLASSES, type Layout, LAYOUTS } from "./layouts.ts";
import { type Pickled, plain, readPickle } from "./pickle.ts";
import { findSource, type Source } from "./source.ts";

export { type CifarKind, type CifarName, type Layout, LAYOUTS } from "./layouts.ts";

/** Options of {@linkcode cifar10} and {@linkcode cifar100}. */
export interface CifarOptions {
  /**
   * Images per batch file; CIFAR-100's training file contains five times as many. Set it for excerpts with fewer
   * images.
   *
   * @default {10_000}
   */
  readonly batchImages?: number;
}

const SIDE = 32, PLANE = SIDE * SIDE, PIXELS = 3 * PLANE;

/**
 * Reads CIFAR-10.
 *
 * @param path Folder with the extracted files or the archive, or the archive itself; binary or Python format.
 * @param options Number of images, for excerpts.
 * @returns 50,000 training and 10,000 test images, 32×32 RGB; mean and standard deviation are those of the training
 * images.
 * @throws {DataError} If the files are missing, truncated or corrupt, or a label is out of range.
 */
export function cifar10(path: string, options: CifarOptions = {}): Promise<Split> {
  return expectCifar("cifar10", path, options);
}

/**
 * Reads CIFAR-100, with its 100 fine labels.
 *
 * @param path Folder with the extracted files or the archive, or the archive itself; binary or Python format.
 * @param options Number of images, for excerpts.
 * @returns 50,000 training and 10,000 test images, 32×32 RGB; mean and standard deviation are those of the training
 * images.
 * @throws {DataError} If the files are missing, truncated or corrupt, or a label is out of range.
 */
export function cifar100(path: string, options: CifarOptions = {}): Promise<Split> {
  return expectCifar("cifar100", path, options);
}

async function expectCifar(name: CifarName, path: string, options: CifarOptions): Promise<Split> {
  const found = await findCifar(path, [name], options);
  if (found) return found;
  const { binary, python } = LAYOUTS[name];
  throw new DataError(
    `Expected ${binary.archive}, ${python.archive} or their files in ${path} but found none: ` +
      `\`${PROGRAM} data download ${name} --to ${path}\` fetches them`,
  );
}

/**
 * Detects and reads the CIFAR data set in a folder.
 *
 * @param path Folder or archive.
 * @param names Data sets to look for.
 * @param options Number of images, for excerpts.
 * @returns The data set, or `undefined` if there is none.
 * @throws {DataError} If the files are truncated or corrupt.
 */
export async function findCifar(
  path: string,
  names: readonly CifarName[] = ["cifar10", "cifar100"],
  { batchImages = 10_000 }: CifarOptions = {},
): Promise<Split | undefined> {
  for (const name of names) {
    for (const kind of ["binary", "python"] as const) {
      const layout = LAYOUTS[name][kind];
      const source = await findSource(path, layout.inner, layout.archive, layout.test);
      if (source) return await read(name, kind, layout, source, batchImages);
    }
  }
}

async function read(
  name: CifarName,
  kind: CifarKind,
  layout: Layout,
  source: Source,
  batchImages: number,
): Promise<Split> {
  const classNames = await readNames(name, kind, layout, source);
  const set = async (
    title: string,
    files: Layout["train"],
  ): Promise<
    Pick<ImageDataset, "name" | "classNames" | "labels" | "shape"> & { pixels: Uint8Array }
  > => {
    const images = files.reduce((sum, [, batches]) => sum + batches * batchImages, 0);
    const pixels = new Uint8Array(new SharedArrayBuffer(images * PIXELS));
    const labels = new Int32Array(images);
    let at = 0;
    for (const [file, batches] of files) {
      const where = `${source.name}/${file}`;
      const bytes = await source.read(file);
      if (!bytes) throw new DataError(`Expected ${where} but found none: download CIFAR again`);
      const expected = batches * batchImages;
      const put = (record: number, label: number, planes: Uint8Array, from: number) => {
        if (!(label >= 0 && label < classNames.length)) {
          throw new DataError(
            `Expected labels from 0 to ${
              classNames.length - 1
            } in ${where} but found ${label} for ` +
              `image ${record}: download CIFAR again`,
          );
        }
        labels[at + record] = label;
        interleave(planes, from, pixels, (at + record) * PIXELS);
      };
      if (kind === "binary") readBinary(bytes, where, name === "cifar100" ? 2 : 1, expected, put);
      else readPython(bytes, where, name === "cifar100" ? "fine_labels" : "labels", expected, put);
      at += expected;
    }
    return { name: title, classNames, labels, shape: [SIDE, SIDE, 3], pixels };
  };
  const { pixels, ...train } = await set(name, layout.train);
  const { pixels: testPixels, ...test } = await set(`${name} (test)`, [[layout.test, 1]]);
  const statistics = colourStatistics(pixels, 3);
  return {
    train: { ...train, ...statistics, images: { kind: "pixels", pixels } },
    test: { ...test, ...statistics, images: { kind: "pixels", pixels: testPixels } },
  };
}

/** Receives one image; `planes` contains its red, green and blue planes in this order. */
type Put = (record: number, label: number, planes: Uint8Array, from: number) => void;

/** Reads records of one or two labels, of which the last is used, followed by the image. */
function readBinary(
  bytes: Uint8Array,
  where: string,
  labels: number,
  expected: number,
  put: Put,
): void {
  const size = labels + PIXELS;
  if (bytes.length !== expected * size) throw cutOff(where, expected * size, bytes.length);
  for (let i = 0; i < expected; i++) put(i, bytes[i * size + labels - 1], bytes, i * size + labels);
}

function readPython(
  bytes: Uint8Array,
  where: string,
  key: string,
  expected: number,
  put: Put,
): void {
  const batch = entries(readPickle(bytes, where), where);
  const labels = batch.get(key), data = batch.get("data");
  if (!Array.isArray(labels) || !data || typeof data !== "object" || !("bytes" in data)) {
    throw new DataError(
      `Expected data and ${key} in ${where} but found ${[...batch.keys()].join(", ")}`,
    );
  }
  if (labels.length !== expected || data.bytes.length !== expected * PIXELS) {
    throw cutOff(where, expected * PIXELS, data.bytes.length);
  }
  labels.forEach((label, i) => put(i, Number(label), data.bytes, i * PIXELS));
}

function cutOff(where: string, expected: number, found: number): DataError {
  return new DataError(
    `Expected ${expected} bytes in ${where} but found ${found}: download CIFAR again`,
  );
}

async function readNames(
  name: CifarName,
  kind: CifarKind,
  layout: Layout,
  source: Source,
): Promise<string[]> {
  const where = `${source.name}/${layout.names}`;
  const bytes = await source.read(layout.names);
  if (!bytes) throw new DataError(`Expected ${where} but found none: download CIFAR again`);
  let names: Pickled;
  if (kind === "binary") {
    names = new TextDecoder().decode(bytes).split(/\r?\n/).filter((line) => line !== "");
  } else {
    const key = name === "cifar100" ? "fine_label_names" : "label_names";
    names = entries(readPickle(bytes, where), where).get(key) ?? [];
  }
  if (!Array.isArray(names) || names.length !== CLASSES[name]) {
    throw new DataError(
      `Expected the names of ${CLASSES[name]} classes in ${where} but found ${
        Array.isArray(names) ? names.length : "something else"
      }`,
    );
  }
  return names.map((text) => String(plain(text)));
}

/** Converts the keys of a dictionary to strings. */
function entries(value: Pickled, where: string): Map<string, Pickled> {
  if (!(value instanceof Map)) {
    throw new DataError(`Expected a dictionary in ${where} but found something else`);
  }
  return new Map([...value].map(([key, entry]) => [String(plain(key)), entry]));
}

/** Converts channels-first planes to interleaved pixels. */
function interleave(planes: Uint8Array, from: number, pixels: Uint8Array, to: number): void {
  for (let i = 0; i < PLANE; i++) {
    pixels[to + 3 * i] = planes[from + i];
    pixels[to + 3 * i + 1] = planes[from + PLANE + i];
    pixels[to + 3 * i + 2] = planes[from + 2 * PLANE + i];
  }
}

/**
 * Packed data sets: pixels, labels and names in a single file.
 *
 * @module
 */
import { DataError } from "../core/errors.ts";
import { writeAtomically } from "../core/write_atomically.ts";
import { expectDatasetLabels } from "./class_names.ts";
import type { ImageDataset } from "./dataset.ts";
import { sha256 } from "./digest.ts";
import { sharedPixels } from "./memory.ts";

/** Magic bytes of a packed data set. */
const MAGIC = "NBNPACK1";
const MAX_HEADER_BYTES = 64 * 1024 * 1024;

interface Header {
  name: string;
  classNames: string[];
  shape: [number, number, number];
  mean: number[];
  std: number[];
  images: number;
  sha256: string;
  exif?: boolean;
  importId?: string;
}

/** A data set from a packed file. */
export interface PackedDataset extends ImageDataset {
  /** Identifies the import that has written it with other sets; missing if none has. */
  readonly importId?: string;
}

/**
 * Writes a data set with pixels in memory; the write is atomic.
 *
 * Layout: `NBNPACK1`, the length of the header as a 32-bit integer, the header (JSON), one 32-bit label for each image,
 * the pixels. Integers are little-endian. The header contains the SHA-256 of labels and pixels.
 *
 * @param path Path of the file.
 * @param dataset The data set.
 * @throws {DataError} If the images are on disk, or the file cannot be written.
 */
export async function writePacked(path: string, dataset: PackedDataset): Promise<void> {
  if (dataset.images.kind !== "pixels") {
    throw new DataError(`Expected pixels in memory to pack ${dataset.name} but found files`);
  }
  const { pixels, exif } = dataset.images;
  const labels = new Uint8Array(Int32Array.from(dataset.labels).buffer);
  const header: Header = {
    name: dataset.name,
    classNames: [...dataset.classNames],
    shape: [...dataset.shape],
    mean: [...dataset.mean],
    std: [...dataset.std],
    images: dataset.labels.length,
    sha256: sha256(labels, pixels),
    ...(exif ? { exif } : {}),
    ...(dataset.importId === undefined ? {} : { importId: dataset.importId }),
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const start = new Uint8Array(MAGIC.length + 4);
  start.set(new TextEncoder().encode(MAGIC));
  new DataView(start.buffer).setUint32(MAGIC.length, text.length, true);
  try {
    await writeAtomically(path, [start, text, labels, pixels]);
  } catch (cause) {
    throw new DataError((cause as Error).message, { cause });
  }
}

/**
 * Reads a packed data set.
 *
 * @param path Path of the file.
 * @returns The data set, with its pixels in shared memory.
 * @throws {DataError} If the file is missing, truncated, corrupt, or not a packed data set.
 */
export async function readPacked(path: string): Promise<PackedDataset> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await Deno.readFile(path);
  } catch (cause) {
    throw new DataError(
      `Expected a packed data set at ${path} but could not read it: ${(cause as Error).message}`,
      { cause },
    );
  }
  const wrong = (what: string) =>
    new DataError(`Expected a packed data set in ${path} but ${what}: import it again`);
  if (new TextDecoder().decode(bytes.subarray(0, MAGIC.length)) !== MAGIC) {
    throw wrong("it has another format");
  }
  if (bytes.length < MAGIC.length + 4) throw wrong("it is truncated");
  const length = new DataView(bytes.buffer).getUint32(MAGIC.length, true);
  const start = MAGIC.length + 4;
  if (length > MAX_HEADER_BYTES || start + length > bytes.length) throw wrong("it is truncated");
  let header: Header;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(start, start + length)));
  } catch {
    throw wrong("its header is damaged");
  }
  if (!isHeader(header)) throw wrong("its header is damaged");
  const size = header.shape.reduce((product, extent) => product * extent, 1);
  const labelsAt = start + length, pixelsAt = labelsAt + header.images * 4;
  if (bytes.length !== pixelsAt + header.images * size) throw wrong("it is truncated");
  const labelBytes = bytes.slice(labelsAt, pixelsAt), body = bytes.subarray(pixelsAt);
  if (sha256(labelBytes, body) !== header.sha256) throw wrong("its checksum is wrong");
  const labels = new Int32Array(labelBytes.buffer);
  expectDatasetLabels({ labels, classNames: header.classNames, name: path });
  const pixels = sharedPixels(body.length);
  pixels.set(body);
  return {
    name: header.name,
    classNames: header.classNames,
    labels,
    shape: header.shape,
    mean: header.mean,
    std: header.std,
    images: { kind: "pixels", pixels, ...(header.exif === true ? { exif: true } : {}) },
    ...(typeof header.importId === "string" ? { importId: header.importId } : {}),
  };
}

/** Whether a header has all that is read from it. */
function isHeader(found: unknown): found is Header {
  const { name, classNames, shape, mean, std, images } = (found ?? {}) as Partial<Header>;
  const isSize = (size: unknown) => Number.isSafeInteger(size) && size as number >= 0;
  const isList = (list: unknown, type: string) =>
    Array.isArray(list) && list.every((value) => typeof value === type);
  return typeof name === "string" && isList(classNames, "string") && isList(mean, "number") &&
    isList(std, "number") && isSize(images) && isList(shape, "number") && shape!.length === 3 &&
    shape!.every(isSize);
}

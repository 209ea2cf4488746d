/**
 * Reading and validating safetensors files.
 *
 * @module
 */
import { DamagedCheckpointError } from "../core/errors.ts";
import { elementsOf, MOST_DIMENSIONS } from "../core/shape.ts";
import {
  byteLength,
  BYTES,
  LONGEST_HEADER,
  METADATA,
  type SafetensorsFile,
  type SafetensorsTensor,
  type SafetensorsType,
} from "./format.ts";

/** Names that would allow prototype pollution if used as property names. */
const FORBIDDEN = new Set(["__proto__", "prototype", "constructor"]);

/**
 * Parses a safetensors file.
 *
 * The whole header is validated before use: its length, every type, shape and offset, and that the tensors cover the
 * rest of the file exactly, without gaps or overlaps.
 *
 * @param bytes The whole file.
 * @param name Name of the file in error messages.
 * @returns Tensors, whose bytes are views of `bytes`, and metadata.
 * @throws {DamagedCheckpointError} If the file is truncated or its header is invalid.
 *
 * @example
 * ```ts
 * import { assertThrows } from "@std/assert";
 * import { CheckpointError } from "@nbn/toolkit/core";
 *
 * assertThrows(() => readSafetensors(new Uint8Array(4)), CheckpointError, "at least 8 bytes");
 * ```
 */
export function readSafetensors(bytes: Uint8Array, name = "the file"): SafetensorsFile {
  const fail = (expected: string, found: string): never => {
    throw new DamagedCheckpointError(
      `Expected ${expected} in ${name} but found ${found}: the file is damaged or not safetensors`,
    );
  };
  if (bytes.length < 8) fail("at least 8 bytes", `${bytes.length}`);
  const length = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true);
  if (length > BigInt(LONGEST_HEADER)) {
    fail(`a header of at most ${LONGEST_HEADER} bytes`, `${length}`);
  }
  const start = 8 + Number(length);
  if (start > bytes.length) fail(`a header of ${length} bytes`, `only ${bytes.length - 8}`);
  const header = parse(bytes.subarray(8, start), fail);

  const metadata = new Map<string, string>();
  const spans: { tensor: string; begin: number; end: number }[] = [];
  const tensors = new Map<string, SafetensorsTensor>();
  const data = bytes.subarray(start);
  for (const [tensor, entry] of Object.entries(header)) {
    if (tensor === METADATA) {
      if (!isRecord(entry)) fail("metadata to be a record of texts", brief(entry));
      for (const [key, text] of Object.entries(entry as Record<string, unknown>)) {
        if (typeof text !== "string") fail(`metadata ${key} to be a text`, typeof text);
        metadata.set(key, text as string);
      }
      continue;
    }
    if (tensor.split("/").some((part) => FORBIDDEN.has(part))) {
      fail("names of tensors", `the reserved name "${tensor}"`);
    }
    const { type, shape, begin, end } = expectEntry(tensor, entry, data.length, fail);
    spans.push({ tensor, begin, end });
    tensors.set(tensor, { type, shape, bytes: data.subarray(begin, end) });
  }

  spans.sort((a, b) => a.begin - b.begin || a.end - b.end);
  let covered = 0;
  for (const { tensor, begin, end } of spans) {
    if (begin !== covered) {
      fail(
        `${tensor} to begin at byte ${covered}`,
        `byte ${begin}, which is a gap or an overlap`,
      );
    }
    covered = end;
  }
  if (covered !== data.length) fail(`tensors of ${covered} bytes in all`, `${data.length} bytes`);
  return { tensors, metadata };
}

type Fail = (expected: string, found: string) => never;

function parse(bytes: Uint8Array, fail: Fail): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    fail("a header of JSON", "something else");
  }
  if (!isRecord(header)) fail("a header that is a record", brief(header));
  return header as Record<string, unknown>;
}

function expectEntry(
  tensor: string,
  entry: unknown,
  available: number,
  fail: Fail,
): { type: SafetensorsType; shape: number[]; begin: number; end: number } {
  const { dtype, shape, data_offsets: offsets } = isRecord(entry) ? entry : fail(
    `an entry for ${tensor}`,
    brief(entry),
  );
  if (typeof dtype !== "string" || !Object.hasOwn(BYTES, dtype)) {
    fail(`${tensor} to have one of the types ${Object.keys(BYTES).join(", ")}`, String(dtype));
  }
  if (!isSizes(shape)) {
    fail(`${tensor} to have a shape of integers from 0`, brief(shape));
  }
  try {
    elementsOf(shape as number[]);
  } catch {
    fail(
      `${tensor} to have at most ${MOST_DIMENSIONS} dimensions and fewer than 2^53 elements`,
      brief(shape),
    );
  }
  if (!isSizes(offsets) || (offsets as number[]).length !== 2) {
    fail(`${tensor} to have two offsets from 0`, brief(offsets));
  }
  const [begin, end] = offsets as number[];
  if (begin > end || end > available) {
    fail(`${tensor} to lie within ${available} bytes`, `bytes ${begin} to ${end}`);
  }
  const type = dtype as SafetensorsType;
  const bytes = byteLength(type, shape as number[]);
  if (end - begin !== bytes) {
    fail(`${bytes} bytes for ${tensor} of type ${type} and shape [${shape}]`, `${end - begin}`);
  }
  return { type, shape: shape as number[], begin, end };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The beginning of a value: a hostile one could fill the terminal, or be nested too deeply to be written again. */
function brief(value: unknown): string {
  try {
    const text = JSON.stringify(value) ?? "nothing";
    return text.length > 40 ? `${text.slice(0, 40)}…` : text;
  } catch {
    return "something nested";
  }
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

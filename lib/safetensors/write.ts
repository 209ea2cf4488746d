/**
 * Writing safetensors files.
 *
 * @module
 */
import {
  byteLength,
  LONGEST_HEADER,
  METADATA,
  type SafetensorsFile,
  type SafetensorsTensor,
} from "./format.ts";

/**
 * Serialises tensors as a safetensors file.
 *
 * Tensors are sorted by descending element size, as in the reference implementation, so that each is aligned.
 *
 * @param file Tensors and metadata.
 * @returns The file's bytes.
 * @throws {RangeError} If a tensor's bytes do not fit its shape, a name is reserved, or the header is too long.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { readSafetensors } from "./read.ts";
 *
 * const bytes = writeSafetensors({
 *   tensors: new Map([["x", { type: "U8", shape: [2], bytes: Uint8Array.of(1, 2) }]]),
 *   metadata: new Map([["step", "7"]]),
 * });
 * assertEquals([...readSafetensors(bytes).tensors.get("x")!.bytes], [1, 2]);
 * ```
 */
export function writeSafetensors(file: SafetensorsFile): Uint8Array {
  const parts = safetensorsParts(file);
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let position = 0;
  for (const part of parts) {
    whole.set(part, position);
    position += part.length;
  }
  return whole;
}

/**
 * Serialises tensors as the parts that {@linkcode writeSafetensors} concatenates: writing them one by one avoids a copy
 * of all tensors.
 *
 * @param file Tensors and metadata.
 * @returns The header, then the bytes of each tensor.
 * @throws {RangeError} If a tensor's bytes do not fit its shape, a name is reserved, or the header is too long.
 */
export function safetensorsParts({ tensors, metadata }: SafetensorsFile): Uint8Array[] {
  const entries = [...tensors].sort(([a, one], [b, other]) =>
    width(other) - width(one) || (a < b ? -1 : 1)
  );
  const header: [string, unknown][] = [];
  if (metadata.size > 0) header.push([METADATA, Object.fromEntries(metadata)]);
  let offset = 0;
  for (const [name, { type, shape, bytes }] of entries) {
    if (name === METADATA || name === "__proto__") {
      throw new RangeError(`Expected a name for a tensor other than ${name}, which is reserved`);
    }
    if (bytes.length !== byteLength(type, shape)) {
      throw new RangeError(
        `Expected ${
          byteLength(type, shape)
        } bytes for ${name} of type ${type} and shape [${shape}] ` +
          `but found ${bytes.length}`,
      );
    }
    header.push([name, { dtype: type, shape, data_offsets: [offset, offset + bytes.length] }]);
    offset += bytes.length;
  }
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(header)));
  const length = Math.ceil(json.length / 8) * 8;
  if (length > LONGEST_HEADER) {
    throw new RangeError(
      `Expected a header of at most ${LONGEST_HEADER} bytes but found ${length}`,
    );
  }
  const head = new Uint8Array(8 + length).fill(0x20, 8);
  new DataView(head.buffer).setBigUint64(0, BigInt(length), true);
  head.set(json, 8);
  return [head, ...entries.map(([, { bytes }]) => bytes)];
}

/** Returns the element size in bytes. */
function width({ type }: SafetensorsTensor): number {
  return byteLength(type, []);
}

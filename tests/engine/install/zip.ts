/**
 * Writing zip archives.
 *
 * @module
 */
import { crc32, deflateRawSync } from "node:zlib";
import { joined } from "../../joined.ts";

/** Makes a zip archive of deflated files. */
export function zip(files: Record<string, Uint8Array | string>): Uint8Array {
  const parts: Uint8Array[] = [], directory: Uint8Array[] = [];
  let offset = 0;
  for (const [path, content] of Object.entries(files)) {
    const name = new TextEncoder().encode(path);
    const data = typeof content === "string" ? new TextEncoder().encode(content) : content;
    const packed = deflateRawSync(data);
    // version, flags, method 8, time, date, checksum, sizes, name length, extra length
    const common = fields(
      [20, 2],
      [0, 2],
      [8, 2],
      [0, 2],
      [0x21, 2],
      [crc32(data), 4],
      [
        packed.length,
        4,
      ],
      [data.length, 4],
      [name.length, 2],
      [0, 2],
    );
    parts.push(fields([0x04034b50, 4]), common, name, packed);
    directory.push(
      fields([0x02014b50, 4], [0x0314, 2]),
      common,
      fields([0, 2], [0, 2], [0, 2], [0o100644 << 16 >>> 0, 4], [offset, 4]),
      name,
    );
    offset += 4 + common.length + name.length + packed.length;
  }
  const count = Object.keys(files).length;
  const size = directory.reduce((sum, part) => sum + part.length, 0);
  const end = fields([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [size, 4], [
    offset,
    4,
  ], [0, 2]);
  return joined(...parts, ...directory, end);
}

/** Little-endian numbers of given widths. */
function fields(...values: [value: number, bytes: 2 | 4][]): Uint8Array {
  const bytes = new Uint8Array(values.reduce((sum, [, width]) => sum + width, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [value, width] of values) {
    if (width === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += width;
  }
  return bytes;
}

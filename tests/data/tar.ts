/**
 * Writing tar archives.
 *
 * @module
 */

/** A tar archive, written by hand. */
export function tar(files: Record<string, Uint8Array>): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (const [name, data] of Object.entries(files)) {
    const header = new Uint8Array(512), encoder = new TextEncoder();
    header.set(encoder.encode(name));
    header.set(encoder.encode("0000644\0"), 100);
    header.set(encoder.encode(`${data.length.toString(8).padStart(11, "0")}\0`), 124);
    header.set(encoder.encode("        0"), 148);
    header.set(encoder.encode("ustar\0" + "00"), 257);
    const sum = header.reduce((total, byte) => total + byte, 0) - 48;
    header.set(encoder.encode(`${sum.toString(8).padStart(6, "0")}\0 0`), 148);
    blocks.push(header, data, new Uint8Array((512 - data.length % 512) % 512));
  }
  blocks.push(new Uint8Array(1024));
  return new Uint8Array(blocks.flatMap((block) => [...block]));
}

/**
 * Decoders of image files, loaded when the first file of their kind is met.
 *
 * @module
 */

/** Pixels as a decoder gives them. */
export interface DecodedImage {
  /** Width in pixels. */
  width: number;
  /** Height in pixels. */
  height: number;
  /** Four values for each pixel (RGBA), 0 to 255. */
  data: ArrayLike<number>;
}

/** Decodes a JPEG file. */
export async function decodeJpeg(bytes: Uint8Array<ArrayBuffer>): Promise<DecodedImage> {
  const { default: decode } = await import("npm:@jsquash/jpeg@1.6.0/decode.js");
  return await decode(exactBuffer(bytes));
}

/** Decodes a WebP file. */
export async function decodeWebp(bytes: Uint8Array<ArrayBuffer>): Promise<DecodedImage> {
  const { default: decode } = await import("npm:@jsquash/webp@1.5.0/decode.js");
  return await decode(exactBuffer(bytes));
}

/** Decodes a PNG file of any colour type and depth. */
export async function decodePng(bytes: Uint8Array): Promise<{
  width: number;
  height: number;
  channels: number;
  depth: number;
  data: Uint8Array | Uint8ClampedArray | Uint16Array;
  palette?: number[][];
}> {
  const { decode } = await import("npm:fast-png@8.0.0");
  return decode(bytes) as never;
}

function exactBuffer(bytes: Uint8Array<ArrayBuffer>): ArrayBuffer {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
}

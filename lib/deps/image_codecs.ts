/**
 * Image decoders, and an encoder for benchmarks; each is loaded on first use.
 *
 * @module
 */

import { ON_USE } from "./on_use.ts";

/** A decoded image. */
export interface DecodedImage {
  /** Width in pixels. */
  width: number;
  /** Height in pixels. */
  height: number;
  /** RGBA pixels, four values in [0, 255] each. */
  data: ArrayLike<number>;
}

/** Decodes a JPEG file. */
export async function decodeJpeg(bytes: Uint8Array<ArrayBuffer>): Promise<DecodedImage> {
  const decoder: typeof import("npm:@jsquash/jpeg@1.6.0/decode.js") = await import(
    `npm:@jsquash/jpeg@1.6.0/${ON_USE}decode.js`
  );
  return await decoded(decoder, "npm:@jsquash/jpeg@1.6.0/codec/dec/mozjpeg_dec.wasm", bytes);
}

/** Encodes RGBA pixels as a JPEG file with a quality in [0, 100]. */
export async function encodeJpeg(
  image: { width: number; height: number; data: Uint8ClampedArray },
  quality: number,
): Promise<Uint8Array> {
  const { default: encode }: typeof import("npm:@jsquash/jpeg@1.6.0/encode.js") = await import(
    `npm:@jsquash/jpeg@1.6.0/${ON_USE}encode.js`
  );
  return new Uint8Array(await encode(image as never, { quality }));
}

/** Decodes a WebP file. */
export async function decodeWebp(bytes: Uint8Array<ArrayBuffer>): Promise<DecodedImage> {
  const decoder: typeof import("npm:@jsquash/webp@1.5.0/decode.js") = await import(
    `npm:@jsquash/webp@1.5.0/${ON_USE}decode.js`
  );
  return await decoded(decoder, "npm:@jsquash/webp@1.5.0/codec/dec/webp_dec.wasm", bytes);
}

/** Decodes a PNG file of any colour type and depth; 16-bit values are truncated to their upper 8 bits. */
export async function decodePng(bytes: Uint8Array<ArrayBuffer>): Promise<DecodedImage> {
  const { default: decode }: typeof import("npm:@jsquash/png@3.1.1/decode.js") = await import(
    `npm:@jsquash/png@3.1.1/${ON_USE}decode.js`
  );
  return await decode(exactBuffer(bytes));
}

/** A decoder compiled from C. */
interface Decoder {
  default(bytes: ArrayBuffer): Promise<DecodedImage>;
  init(code?: WebAssembly.Module): Promise<void>;
}

/**
 * Decodes a file, and starts the decoder anew after a damaged one: an error leaves its C code in the middle, with memory
 * that is never freed and a state in which it may hang at another file.
 */
async function decoded(
  decoder: Decoder,
  code: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<DecodedImage> {
  try {
    return await decoder.default(exactBuffer(bytes));
  } catch (error) {
    // Started before anything is awaited, so that no other file meets the one that failed.
    await decoder.init(modules.get(code));
    if (!modules.has(code)) modules.set(code, await compiled(code));
    throw error;
  }
}

/**
 * Compiled code of the decoders that were started anew, because compiling takes longer than decoding; `undefined` where a
 * decoder has to compile its code itself.
 */
const modules = new Map<string, WebAssembly.Module | undefined>();

async function compiled(code: string): Promise<WebAssembly.Module | undefined> {
  try {
    return await WebAssembly.compile(await Deno.readFile(new URL(import.meta.resolve(code))));
  } catch {
    return undefined;
  }
}

function exactBuffer(bytes: Uint8Array<ArrayBuffer>): ArrayBuffer {
  return bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
}

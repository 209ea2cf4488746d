/**
 * PNG encoder, loaded on first use.
 *
 * @module
 */
import { ON_USE } from "./on_use.ts";

/** Encodes RGBA pixels, 8 bits per channel, as a PNG file. */
export async function encodePng(
  { width, height, data }: { width: number; height: number; data: Uint8Array },
): Promise<Uint8Array> {
  const { encode }: typeof import("npm:fast-png@8.0.0") = await import(
    `npm:fast-png@8.0.0/${ON_USE}`
  );
  return encode({ width, height, data, channels: 4, depth: 8 });
}

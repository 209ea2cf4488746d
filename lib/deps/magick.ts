/**
 * ImageMagick as WebAssembly, for the less common image formats; loaded on first use (15 MB, then cached).
 *
 * @module
 */
import { ON_USE } from "./on_use.ts";

const MAGICK = "npm:@imagemagick/magick-wasm@0.0.43";

/** Colour model of stored pixels: `RGB`, also for greyscale, or `CMYK`. */
export type StoredColours = "RGB" | "CMYK";

/** The first image of a file, decoded by ImageMagick. */
export interface MagickImage {
  /** Width in pixels. */
  readonly width: number;
  /** Height in pixels. */
  readonly height: number;
  /** Offset of the image on its canvas, in pixels. */
  readonly page: { readonly x: number; readonly y: number };
  /** First colour of the palette, if the image has one. */
  readonly firstColour?: readonly [red: number, green: number, blue: number];
  /** EXIF orientation, 1 to 8; 0 if there is none. */
  readonly orientation: number;
  /** Colour model of `pixels`. */
  readonly colours: StoredColours;
  /** Three (RGB) or four (CMYK) values in [0, 255] per pixel. */
  readonly pixels: Uint8Array;
}

/** The header of a file. */
export interface MagickHeader {
  /** Width in pixels. */
  readonly width: number;
  /** Height in pixels. */
  readonly height: number;
  /** EXIF orientation, 1 to 8; 0 if there is none. */
  readonly orientation: number;
}

/** The part of the package that is used. */
interface Package {
  initializeImageMagick(wasm: Uint8Array): Promise<void>;
  MagickImageInfo: { create(bytes: Uint8Array, settings: object): MagickHeader };
  MagickReadSettings: new (settings: object) => object;
  ImageMagick: {
    read<T>(bytes: Uint8Array, settings: object, use: (image: Decoded) => T): T;
  };
  ColorSpace: Readonly<Record<string, number>>;
}

interface Decoded {
  readonly width: number;
  readonly height: number;
  readonly colorSpace: number;
  readonly orientation: number;
  readonly page: MagickImage["page"];
  getColormapColor(index: number): { r: number; g: number; b: number } | null;
  getPixels<T>(
    use: (pixels: {
      toByteArray(x: number, y: number, width: number, height: number, mapping: string): Uint8Array;
    }) => T,
  ): T;
}

let loading: Promise<Package> | undefined;

/**
 * Reads the header of a file without decoding its pixels.
 *
 * @param bytes Contents of the file.
 * @param format ImageMagick's name of the format: `BMP`, `GIF`, `TIFF`, `PNM`, `HEIC`, `AVIF`, `JPEG`.
 * @returns Size and orientation.
 */
export async function magickHeader(bytes: Uint8Array, format: string): Promise<MagickHeader> {
  const { MagickImageInfo, MagickReadSettings } = await (loading ??= load());
  const settings = new MagickReadSettings({ format, frameIndex: 0, frameCount: 1 });
  const { width, height, orientation } = plainly(() => MagickImageInfo.create(bytes, settings));
  return { width, height, orientation };
}

/**
 * Decodes the first image in a file.
 *
 * @param bytes Contents of the file.
 * @param format ImageMagick's name of the format.
 * @returns The image, its pixels as stored (orientation and offset not applied).
 * @throws {Error} If the file is damaged, or its colour model is neither greyscale, RGB nor CMYK.
 */
export async function magickDecode(bytes: Uint8Array, format: string): Promise<MagickImage> {
  const { ImageMagick, MagickReadSettings, ColorSpace } = await (loading ??= load());
  const settings = new MagickReadSettings({ format, frameIndex: 0, frameCount: 1 });
  return plainly(() =>
    ImageMagick.read(bytes, settings, (image) => {
      const { width, height, colorSpace, orientation, page } = image;
      const name = Object.keys(ColorSpace).find((name) => ColorSpace[name] === colorSpace);
      const colours = name === "CMYK" ? "CMYK" : "RGB";
      if (!["sRGB", "RGB", "Gray", "LinearGray", "CMYK"].includes(name!)) {
        throw new Error(`its colours are ${name}, convert it to RGB`);
      }
      const first = image.getColormapColor(0);
      return {
        width,
        height,
        page: { x: page.x, y: page.y },
        firstColour: first ? [first.r, first.g, first.b] as const : undefined,
        orientation,
        colours,
        pixels: image.getPixels((pixels) => pixels.toByteArray(0, 0, width, height, colours)),
      };
    })
  );
}

/** Strips source locations from ImageMagick's error messages. */
function plainly<T>(call: () => T): T {
  try {
    return call();
  } catch (cause) {
    throw new Error((cause as Error).message.replace(/(\s*`[^']*')?\s*@.*$/s, ""), { cause });
  }
}

async function load(): Promise<Package> {
  try {
    const magick: Package = await import(`npm:@imagemagick/magick-wasm@0.0.43/${ON_USE}`);
    // A package's path can be resolved only after importing from it.
    const wasm = await Deno.readFile(new URL(import.meta.resolve(`${MAGICK}/magick.wasm`)));
    await magick.initializeImageMagick(wasm);
    return magick;
  } catch (cause) {
    loading = undefined;
    const reason = (cause as Error).message;
    throw new Error(`${MAGICK}, which decodes it, could not be loaded (${reason}): convert it`, {
      cause,
    });
  }
}

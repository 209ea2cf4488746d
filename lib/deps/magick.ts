/**
 * ImageMagick as WebAssembly, for the rarer kinds of image; loaded (15 MB, once into the cache) when the first of them
 * is met. Its name is not a literal argument of `import`, for that Deno downloads as soon as this file is imported.
 *
 * @module
 */

const MAGICK: string = "npm:@imagemagick/magick-wasm@0.0.43";

/** Colours that pixels are stored in: `RGB`, of which greys are a part, or `CMYK`. */
export type StoredColours = "RGB" | "CMYK";

/** A file's first image as ImageMagick decodes it. */
export interface MagickImage {
  /** Width in pixels. */
  readonly width: number;
  /** Height in pixels. */
  readonly height: number;
  /** Where it lies on its canvas. */
  readonly page: { readonly x: number; readonly y: number };
  /** The first colour of its palette, where it has one. */
  readonly firstColour?: readonly [red: number, green: number, blue: number];
  /** EXIF's orientation from 1 to 8, or 0 where there is none. */
  readonly orientation: number;
  /** What `pixels` are. */
  readonly colours: StoredColours;
  /** Three or four values for each pixel, 0 to 255. */
  readonly pixels: Uint8Array;
}

/** The header of a file. */
export interface MagickHeader {
  /** Width in pixels. */
  readonly width: number;
  /** Height in pixels. */
  readonly height: number;
  /** EXIF's orientation from 1 to 8, or 0 where there is none. */
  readonly orientation: number;
}

/** What is used of the package. */
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
 * Reads the header of a file; its pixels are not decoded.
 *
 * @param bytes The file.
 * @param format Its kind in ImageMagick's words: `BMP`, `GIF`, `TIFF`, `PNM`, `HEIC`, `AVIF`, `JPEG`.
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
 * @param bytes The file.
 * @param format Its kind in ImageMagick's words.
 * @returns Its pixels as they are stored.
 * @throws {Error} If it is damaged, or in colours that are neither grey, RGB nor CMYK.
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

/** Removes the places in ImageMagick's source from its messages. */
function plainly<T>(call: () => T): T {
  try {
    return call();
  } catch (cause) {
    throw new Error((cause as Error).message.replace(/(\s*`[^']*')?\s*@.*$/s, ""), { cause });
  }
}

async function load(): Promise<Package> {
  try {
    const magick: Package = await import(MAGICK);
    // Where a package lies can be asked only after something of it was imported.
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

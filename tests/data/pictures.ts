/**
 * Real image files for tests.
 *
 * @module
 */
import encodeJpeg from "npm:@jsquash/jpeg@1.6.0/encode.js";
import encodeWebp from "npm:@jsquash/webp@1.5.0/encode.js";
import { encode as encodePng } from "npm:fast-png@8.0.0";

/** Format of an image file. */
export type Kind = "jpg" | "png" | "webp";

/** Writes an image of one colour. */
export async function writePicture(
  path: string,
  colour: readonly [number, number, number],
  { width = 12, height = 10 } = {},
): Promise<void> {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < data.length; i += 4) data.set([...colour, 255], i);
  const image = { width, height, data } as unknown as ImageData;
  const kind = path.split(".").at(-1) as Kind;
  const bytes = kind === "png"
    ? encodePng({ width, height, data: new Uint8Array(data), channels: 4 })
    : new Uint8Array(await (kind === "jpg" ? encodeJpeg : encodeWebp)(image));
  await Deno.mkdir(path.replace(/\/[^/]*$/, ""), { recursive: true });
  await Deno.writeFile(path, bytes);
}

const KINDS: readonly Kind[] = ["jpg", "png", "webp"];

/** Writes `<folder>/train` and `<folder>/test` with two classes of images of different colours. */
export async function writePictures(folder: string): Promise<void> {
  for (const set of ["train", "test"]) {
    for (const [i, kind] of KINDS.entries()) {
      await writePicture(`${folder}/${set}/blue/${i}.${kind}`, [10 * i, 20, 200]);
      await writePicture(`${folder}/${set}/red/more/${i}.${kind}`, [220, 30, 10 * i]);
    }
  }
}

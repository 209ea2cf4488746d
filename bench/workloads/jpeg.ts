/**
 * Time to decode a JPEG file on one core.
 *
 * @module
 */
import { decodeImage } from "../../lib/data/decode.ts";
import { attachJpeg, sharedJpeg } from "../../lib/data/native_jpeg.ts";
import { secondsSince, type Workload } from "./workload.ts";

/**
 * Reads all files of a folder into memory.
 *
 * @param options The folder, and how many times each file is decoded in a turn.
 * @returns The work; it measures the mean time of a file.
 */
export async function jpeg(
  { folder, times }: { readonly folder: string; readonly times: number },
): Promise<Workload> {
  const files: Uint8Array<ArrayBuffer>[] = [];
  for (const { name } of Deno.readDirSync(folder)) {
    files.push(await Deno.readFile(`${folder}/${name}`));
  }
  const shared = await sharedJpeg();
  const jpeg = shared && attachJpeg(shared);
  const all = async () => {
    for (const file of files) await decodeImage(file, "a file of the benchmark", { jpeg });
  };
  await all();
  return {
    async measure() {
      const start = performance.now();
      for (let i = 0; i < times; i++) await all();
      const value = secondsSince(start) / (times * files.length);
      return { value, remark: jpeg ? "TensorFlow's decoder" : "WebAssembly" };
    },
    close: () => Promise.resolve(),
  };
}

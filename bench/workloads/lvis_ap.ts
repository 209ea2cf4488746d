/**
 * Time to read annotations and detections and to score them as LVIS does.
 *
 * @module
 */
import { lvisAp } from "../../lib/detection/lvis/lvis_ap.ts";
import { readDetectionDataset } from "../../lib/detection/lvis/read_dataset.ts";
import { readDetectionResults } from "../../lib/detection/lvis/results.ts";
import { secondsSince, type Workload } from "./workload.ts";

/**
 * Sets up nothing, since files are read once per process.
 *
 * @param options Folder of the files, and what is scored.
 * @returns The work; it measures the time from the files to the scores.
 */
export function lvisApTime(
  { folder, of }: { readonly folder: string; readonly of: "boxes" | "masks" },
): Promise<Workload> {
  return Promise.resolve({
    async measure() {
      const began = performance.now();
      const dataset = await readDetectionDataset(`${folder}/val.json`);
      const results = await readDetectionResults(`${folder}/${of}.json`, dataset);
      const { ap } = lvisAp(dataset, results, { of });
      return { value: secondsSince(began), remark: `AP ${ap!.toFixed(12)}` };
    },
    close: () => Promise.resolve(),
  });
}

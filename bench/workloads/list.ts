/**
 * Time or memory to read a list of images, count its classes and create a sampler.
 *
 * @module
 */
import { classCounts } from "../../lib/data/dataset.ts";
import { imageList } from "../../lib/data/image_list.ts";
import { classBalancedSampler } from "../../lib/samplers/class_balanced.ts";
import { memoryStatus } from "./memory_status.ts";
import { secondsSince, type Workload } from "./workload.ts";

/**
 * Sets up nothing, since a list is read once per process.
 *
 * @param options Path of the list, and whether seconds or bytes are measured.
 * @returns The work; it measures the time of one list, or the peak memory of the whole process.
 */
export function list(
  { path, measured }: { readonly path: string; readonly measured: "time" | "memory" },
): Promise<Workload> {
  return Promise.resolve({
    async measure() {
      const start = performance.now();
      const dataset = await imageList(path);
      const counts = classCounts(dataset);
      classBalancedSampler(dataset.labels, { seed: 0 }).fill(new Int32Array(1));
      const seconds = secondsSince(start);
      const remark = `${dataset.labels.length} images, ${counts.length} classes, ` +
        `${Math.max(...counts)} to ${Math.min(...counts)}`;
      const value = measured === "time" ? seconds : (await memoryStatus()).peak;
      return { value, remark };
    },
    close: () => Promise.resolve(),
  });
}

/**
 * Process that measures this project's side of a case: `child.ts WORK OPTIONS [--turns]`.
 *
 * Without `--turns` it measures once and prints a line of JSON. With it, it prints a line when it is warm, then
 * measures and prints once for every line read from stdin.
 *
 * @module
 */
import type { Open } from "./work/work.ts";

/** All kinds of work, imported on demand: a sampler needs no TensorFlow. */
const WORKS: Readonly<Record<string, () => Promise<Open>>> = {
  augmentation: async () => (await import("./work/augmentation.ts")).augmentation,
  checkpoint: async () => (await import("./work/checkpoint.ts")).checkpoint,
  detection_operation: async () =>
    (await import("./work/detection_operation.ts")).detectionOperation,
  detector_step: async () => (await import("./work/detector_step.ts")).detectorStepCost,
  end_to_end: async () => (await import("./work/end_to_end.ts")).endToEnd,
  jpeg: async () => (await import("./work/jpeg.ts")).jpeg,
  image: async () => (await import("./work/image.ts")).image,
  limits: async () => (await import("./work/limits.ts")).limits,
  list: async () => (await import("./work/list.ts")).list,
  loss: async () => (await import("./work/loss.ts")).loss,
  lvis_ap: async () => (await import("./work/lvis_ap.ts")).lvisApTime,
  memory_growth: async () => (await import("./work/memory_growth.ts")).memoryGrowth,
  peak_memory: async () => (await import("./work/peak_memory.ts")).peakMemory,
  program: async () => (await import("./work/program.ts")).program,
  sampler: async () => (await import("./work/sampler.ts")).sampler,
  stream: async () => (await import("./work/stream.ts")).stream,
  tracing: async () => (await import("./work/tracing.ts")).tracing,
  training_step: async () => (await import("./work/training_step.ts")).trainingStepTime,
};

if (import.meta.main) {
  const [name, options, turns] = Deno.args;
  const open = await WORKS[name]();
  const work = await open(JSON.parse(options));
  const answer = async () => console.log(JSON.stringify(await work.measure()));
  if (turns === undefined) await answer();
  else {
    console.log(JSON.stringify({ ready: true }));
    for await (const request of Deno.stdin.readable) {
      for (const byte of request) if (byte === 10) await answer();
    }
  }
  await work.close();
}

/**
 * Process that measures this project's side of a case: `child.ts WORK OPTIONS [--turns]`.
 *
 * Without `--turns` it measures once and prints a line of JSON. With it, it prints a line when it is warm, then
 * measures and prints once for every line read from stdin.
 *
 * @module
 */
import type { OpenWorkload } from "./workloads/workload.ts";

/** All kinds of work, imported on demand: a sampler needs no TensorFlow. */
const WORKLOADS: Readonly<Record<string, () => Promise<OpenWorkload>>> = {
  all_reduce: async () => (await import("./workloads/all_reduce.ts")).allReduce,
  augmentation: async () => (await import("./workloads/augmentation.ts")).augmentation,
  checkpoint: async () => (await import("./workloads/checkpoint.ts")).checkpoint,
  detection_operation: async () =>
    (await import("./workloads/detection_operation.ts")).detectionOperation,
  detector_step: async () => (await import("./workloads/detector_step.ts")).detectorStepCost,
  end_to_end: async () => (await import("./workloads/end_to_end.ts")).endToEnd,
  first_step: async () => (await import("./workloads/first_step.ts")).firstStep,
  jpeg: async () => (await import("./workloads/jpeg.ts")).jpeg,
  image: async () => (await import("./workloads/image.ts")).image,
  limits: async () => (await import("./workloads/limits.ts")).limits,
  list: async () => (await import("./workloads/list.ts")).list,
  loss: async () => (await import("./workloads/loss.ts")).loss,
  lvis_ap: async () => (await import("./workloads/lvis_ap.ts")).lvisApTime,
  memory_growth: async () => (await import("./workloads/memory_growth.ts")).memoryGrowth,
  peak_memory: async () => (await import("./workloads/peak_memory.ts")).peakMemory,
  program: async () => (await import("./workloads/program.ts")).program,
  sampler: async () => (await import("./workloads/sampler.ts")).sampler,
  stream: async () => (await import("./workloads/stream.ts")).stream,
  together: async () => (await import("./workloads/together.ts")).together,
  tracing: async () => (await import("./workloads/tracing.ts")).tracing,
  training_step: async () => (await import("./workloads/training_step.ts")).trainingStepTime,
};

if (import.meta.main) {
  const [name, options, turns] = Deno.args;
  const open = await WORKLOADS[name]();
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

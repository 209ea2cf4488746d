/**
 * Time of the first step of a training on an accelerator.
 *
 * @module
 */
import { EngineError } from "../../lib/core/errors.ts";
import { engine } from "../../lib/engine/engine.ts";
import { Accelerator } from "../../lib/engine/pjrt/accelerator.ts";
import { ProgramCache } from "../../lib/engine/pjrt/program_cache.ts";
import { currentBackend } from "../../lib/engine/tensorflow/current_backend.ts";
import { madeUpBatch, openTraining, type TrainingOptions } from "./training.ts";
import { secondsSince, type Workload } from "./workload.ts";

/**
 * Starts the engine on an accelerator, with an empty cache of programs.
 *
 * @param options The training; `program`: whether the first step compiles its program or finds it in the cache, where an
 * earlier training kept it. The environment variable `NBN_DEVICE` names the accelerator, by default the CPU plugin.
 * @returns The work; it can be measured only once.
 */
export async function firstStep(
  { program, ...options }: TrainingOptions & { readonly program: "compiled" | "kept" },
): Promise<Workload> {
  const { device } = await engine({ prefer: Deno.env.get("NBN_DEVICE") || "cpu-plugin" });
  const backend = currentBackend(), { accelerator } = backend;
  if (!accelerator) throw new EngineError(`Expected an accelerator but found ${device}`);
  const folder = await Deno.makeTempDir();
  const { client, devices, tf32 } = accelerator;
  const programs = new ProgramCache(client, devices, { folder, identity: "bench" });
  backend.accelerator = new Accelerator(client, devices, programs, { tf32 });
  const { images, labels } = madeUpBatch(options);
  const train = async (steps: number) => {
    const training = await openTraining(options), times: number[] = [];
    for (let i = 0; i < steps; i++) {
      const start = performance.now();
      await training.step(images, labels);
      times.push(secondsSince(start));
    }
    training.close();
    return times;
  };
  if (program === "kept") await train(1);
  return {
    async measure() {
      const [first, ...later] = await train(4);
      return { value: first - Math.min(...later), framework: device };
    },
    close: () => Deno.remove(folder, { recursive: true }),
  };
}

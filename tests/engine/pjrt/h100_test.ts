/**
 * NVIDIA's compiler on the training steps of recipes, for an H100 that is not there.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { recordedModule } from "../../../bench/gpu/recorded_module.ts";
import type { Precision } from "../../../lib/engine/precision.ts";
import { currentBackend } from "../../../lib/engine/tensorflow/current_backend.ts";
import { ALL } from "../../long.ts";
import { openCompiler } from "./nvidia_compiler.ts";
import { accelerator, testOnPlugin } from "./on_plugin.ts";
import { firstSteps, RECIPES } from "./recipe_steps.ts";

const compile = ALL && accelerator ? await openCompiler() : undefined;
const cases: [recipe: string, precision: Precision, devices: number][] = [
  ...RECIPES.map((recipe): [string, Precision, number] => [recipe, "float32", 1]),
  [RECIPES[0], "bf16", 1],
  [RECIPES[0], "float32", 2],
];

for (const [recipe, precision, devices] of ALL ? cases : []) {
  const name = `a step of ${recipe} in ${precision} is compiled for ${devices} H100`;
  if (!compile) {
    const reason = "skipped: the wheels of NVIDIA's plugin cannot be installed here";
    Deno.test({ name: `${name} (${reason}) [plugin]`, ignore: true, fn: () => {} });
    continue;
  }
  testOnPlugin(name, async () => {
    const module = await recordedModule(
      accelerator!.client,
      () => firstSteps(recipe, 1, currentBackend().accelerator, precision),
      { devices },
    );
    const { program, optimized } = await compile(module, devices);
    assert(new TextDecoder("latin1").decode(program).includes("sm_90a"), "no kernel for an H100");
    const convolutions = optimized.split("\n").filter((line) => line.includes('"__cudnn$conv'))
      .map((line) => /= \((\w+)\[/.exec(line)![1]);
    // XLA falls back to float32 where it cannot convolve in bfloat16, without a word.
    assertEquals([...new Set(convolutions)], [precision === "bf16" ? "bf16" : "f32"]);
    // Sums travel between the devices, images do not.
    assertEquals(/ all-reduce(-start)?\(/.test(optimized), devices > 1);
    assert(!/ (all-gather|all-to-all|collective-permute)(-start)?\(/.test(optimized));
  });
}

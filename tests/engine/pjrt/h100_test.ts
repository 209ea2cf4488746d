/**
 * NVIDIA's compiler on the training steps of recipes, for an H100 that is not there.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { recordedModule } from "../../../bench/gpu/recorded_module.ts";
import { builtinScenes } from "../../../lib/detection/data/builtin_scenes.ts";
import { detectSet } from "../../../lib/detection/data/detect_set.ts";
import { detectorStep } from "../../../lib/detection/mask_rcnn/training_step.ts";
import type { Precision } from "../../../lib/engine/precision.ts";
import { currentBackend } from "../../../lib/engine/tensorflow/current_backend.ts";
import { sgd } from "../../../lib/optim/sgd.ts";
import { batchOf, tinyDetector } from "../../detection/mask_rcnn/tiny.ts";
import { ALL } from "../../long.ts";
import { type Compiler, openCompiler } from "./nvidia_compiler.ts";
import { accelerator, testOnPlugin } from "./on_plugin.ts";
import { firstSteps, RECIPES } from "./recipe_steps.ts";

const compile = ALL && accelerator ? await openCompiler() : undefined;
const cases: [recipe: string, precision: Precision, devices: number][] = [
  ...RECIPES.map((recipe): [string, Precision, number] => [recipe, "float32", 1]),
  [RECIPES[0], "bf16", 1],
  [RECIPES[0], "float32", 2],
];

/** Registers a test that needs the compiler; without it, it is skipped and says so. */
function testWithCompiler(name: string, fn: (compile: Compiler) => Promise<void>): void {
  if (!ALL) return;
  if (compile) return testOnPlugin(name, () => fn(compile));
  const reason = "skipped: the wheels of NVIDIA's plugin cannot be installed here";
  Deno.test({ name: `${name} (${reason}) [plugin]`, ignore: true, fn: () => {} });
}

/** Asserts that a program has machine code for the device. */
function assertForH100(program: Uint8Array): void {
  assert(new TextDecoder("latin1").decode(program).includes("sm_90a"), "no kernel for an H100");
}

for (const [recipe, precision, devices] of cases) {
  const name = `a step of ${recipe} in ${precision} is compiled for ${devices} H100`;
  testWithCompiler(name, async (compile) => {
    const module = await recordedModule(
      accelerator!.client,
      () => firstSteps(recipe, 1, currentBackend().accelerator, precision),
      { devices },
    );
    const { program, optimized } = await compile(module, devices);
    assertForH100(program);
    const convolutions = optimized.split("\n").filter((line) => line.includes('"__cudnn$conv'))
      .map((line) => /= \((\w+)\[/.exec(line)![1]);
    // XLA falls back to float32 where it cannot convolve in bfloat16, without a word.
    assertEquals([...new Set(convolutions)], [precision === "bf16" ? "bf16" : "f32"]);
    // Sums travel between the devices, images do not.
    assertEquals(/ all-reduce(-start)?\(/.test(optimized), devices > 1);
    assert(!/ (all-gather|all-to-all|collective-permute)(-start)?\(/.test(optimized));
  });
}

testWithCompiler(
  "the step and the detection of a detector are compiled for an H100",
  async (compile) => {
    const { train } = builtinScenes({ max: 12, imbalance: 4, testImages: 1, side: 64 });
    const detector = tinyDetector(), step = detectorStep(detector, { optimizer: sgd() });
    const training = step.start(0), batch = await batchOf(train, 2);
    const options = { fit: [64, 64], images: [0] } as const;
    for (
      const run of [
        () => step.run(training, batch, 0.01, [7, 0]),
        () => detectSet(detector, training, train, options),
      ]
    ) assertForH100((await compile(await recordedModule(accelerator!.client, run))).program);
    step.dispose();
  },
);

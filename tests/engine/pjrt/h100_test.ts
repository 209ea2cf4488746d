/**
 * NVIDIA's compiler on the training steps of recipes, for an H100 that is not there.
 *
 * @module
 */
import { assert } from "@std/assert";
import { recordedModule } from "../../../bench/gpu/recorded_module.ts";
import { currentBackend } from "../../../lib/engine/tensorflow/current_backend.ts";
import { ALL } from "../../long.ts";
import { openH100 } from "./nvidia_compiler.ts";
import { accelerator, testOnPlugin } from "./on_plugin.ts";
import { firstSteps, RECIPES } from "./recipe_steps.ts";

const h100 = ALL && accelerator ? await openH100() : undefined;

for (const recipe of ALL ? RECIPES : []) {
  const name = `a step of ${recipe} is compiled for an H100`;
  if (!h100) {
    const reason = "skipped: the wheels of NVIDIA's plugin cannot be installed here";
    Deno.test({ name: `${name} (${reason}) [plugin]`, ignore: true, fn: () => {} });
    continue;
  }
  testOnPlugin(name, async () => {
    const module = await recordedModule(
      accelerator!.client,
      () => firstSteps(recipe, 1, currentBackend().accelerator),
    );
    const program = await h100.compile(new TextEncoder().encode(module));
    const text = new TextDecoder("latin1").decode(program);
    assert(text.includes("sm_90a"), "no kernel for an H100");
    assert(text.includes("\x7fELF"), "no machine code");
  });
}

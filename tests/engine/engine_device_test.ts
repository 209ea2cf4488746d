/**
 * Choosing a device by `engine({ prefer })`, each in a process of its own.
 *
 * @module
 */
import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { EngineError, UsageError } from "../../lib/core/errors.ts";
import { engine } from "../../lib/engine/engine.ts";
import { deviceName } from "../../lib/engine/device_name.ts";
import { type Printed, printed } from "./child.ts";
import { PLUGIN, testWithPlugin } from "./pjrt/plugin.ts";

Deno.test("deviceName() reads kinds and numbers, and refuses others", () => {
  assertEquals(deviceName("auto"), { kind: "auto", indices: [0] });
  assertEquals(deviceName("tpu:12"), { kind: "tpu", indices: [12] });
  assertEquals(deviceName("cpu-plugin"), { kind: "cpu-plugin", indices: [0] });
  assertEquals(deviceName("gpu:2,0"), { kind: "gpu", indices: [2, 0] });
  for (
    const name of ["", "gpux", "gpu:", "gpu:-1", "gpu:1:2", "gpu:1.5", "gpu:0,", "cpu:0", "auto:1"]
  ) {
    const error = assertThrows(() => deviceName(name, "--device"), UsageError);
    assertStringIncludes(error.message, `Expected --device to be one of auto, cpu, gpu, tpu`);
    assertStringIncludes(error.message, `found "${name}"`);
  }
  assertThrows(() => deviceName("gpo"), UsageError, "did you mean gpu?");
  assertThrows(() => deviceName("gpu:1,1"), UsageError, 'found 1 twice in "gpu:1,1"');
});

/** Starts the engine and tells its device, what was printed, or the error. */
function started(prefer: string, env: Record<string, string> = {}): Promise<Printed> {
  const expression = `(await engine({ prefer: ${JSON.stringify(prefer)} })).device`;
  return printed("engine.ts", "engine", expression, env);
}

testWithPlugin("engine() runs on the devices asked for, in two processes at once", async () => {
  const [numbered, named] = await Promise.all([
    started("cpu-plugin:1,3"),
    started("gpu", { NBN_PJRT_PLUGIN: PLUGIN! }),
  ]);
  assertEquals(numbered, { said: "cpu (cpu:1,3)", noted: "" });
  assertEquals(named, { said: "cpu (cpu:0)", noted: "" });
});

testWithPlugin("engine() tells in one line which device there is not", async () => {
  const { said } = await started("cpu-plugin:0,99");
  assert(
    /^UsageError: Expected the number of a device of cpu-plugin to be from 0 to \d+ but found 99$/
      .test(said),
    said,
  );
});

Deno.test("engine() tells in one line that NBN_PJRT_PLUGIN names no file", async () => {
  const cache = await Deno.makeTempDir();
  const { said } = await started("tpu", { NBN_PJRT_PLUGIN: `${cache}/none.so` });
  assertStringIncludes(
    said,
    `EngineError: Expected NBN_PJRT_PLUGIN to name a plugin's shared library`,
  );
  assertEquals(said.split("\n").length, 1);
  await Deno.remove(cache, { recursive: true });
});

Deno.test("engine() with auto goes on on the processor, with one note, if the plugin does not work", async () => {
  const broken = await Deno.makeTempFile({ suffix: ".so" });
  const { said, noted } = await started("auto", { NBN_PJRT_PLUGIN: broken });
  assert(/^CPU \(/.test(said), said);
  assertEquals(noted.split("\n").length, 1);
  assertStringIncludes(noted, "Running on the processor: Expected an accelerator but found none");
  await Deno.remove(broken);
});

Deno.test("engine() refuses a device on a backend that records nothing", async () => {
  const { said } = await started("gpu", { NBN_BACKEND: "wasm" });
  assertStringIncludes(said, "Expected the tensorflow backend, which records what a gpu runs");
});

Deno.test("engine() keeps to its device", async () => {
  const { device } = await engine();
  assertEquals((await engine({ prefer: "auto" })).device, device);
  assertEquals((await engine({ prefer: "cpu" })).device, device);
  await assertRejects(
    () => engine({ prefer: "gpu:1" }),
    EngineError,
    `Expected the device gpu:1 but ${device} is in use already`,
  );
});

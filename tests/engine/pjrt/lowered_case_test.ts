/**
 * What `deno task bench gpu --pack` packs, run as `bench/gpu/check.ts` runs it on a GPU.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { batchOf, CASES, type GpuCase, RATE } from "../../../bench/gpu/case.ts";
import { initialValues } from "../../../bench/gpu/initial_state.ts";
import { lowerCase } from "../../../bench/gpu/lowered_case.ts";
import { packedCode } from "../../../bench/gpu/pack.ts";
import { accelerator, testOnPlugin } from "./on_plugin.ts";

const SMALL: GpuCase = {
  name: "small",
  network: "resnet-cifar",
  depth: 8,
  nbn: true,
  size: 8,
  classes: 10,
  batch: 4,
  precision: "float32",
  compared: 3,
};

testOnPlugin("a packed training step gives TensorFlow's losses", async () => {
  const { client } = accelerator!;
  const { module, manifest, values } = await lowerCase(client, SMALL);
  const { state, losses } = manifest;
  const program = await client.compile(new TextEncoder().encode(module));
  let at = 0;
  let training = state.map(({ shape }) => {
    const size = shape.reduce((product, length) => product * length, 1);
    return client.upload(values!.slice(at, at += size), { shape, dtype: "float32" });
  });
  assertEquals(losses.length, SMALL.compared);
  for (const [step, expected] of losses.entries()) {
    const { images, labels } = batchOf(SMALL, step);
    const given = [
      client.upload(images, { shape: [4, 8, 8, 3], dtype: "float32" }),
      client.upload(labels, { shape: [4], dtype: "int32" }),
      client.upload(Int32Array.of(0, step), { shape: [2], dtype: "int32" }),
      client.upload(Float32Array.of(RATE), { shape: [], dtype: "float32" }),
    ];
    const [next] = await program.run([[...training, ...given]]);
    for (const buffer of [...training, ...given]) buffer.free();
    const measured = next.splice(state.length), [loss] = await measured[0].read();
    for (const buffer of measured) buffer.free();
    training = next;
    assert(Math.abs(loss - expected) / expected < 1e-3, `step ${step}: ${loss}, ${expected}`);
  }
  for (const buffer of training) buffer.free();
  program.free();
});

Deno.test("the packed code is the check with all that it imports, and nothing of other rooms", async () => {
  const code = await packedCode();
  for (const path of ["bench/gpu/check.ts", "bench/gpu/case.ts", "lib/engine/pjrt/client.ts"]) {
    assert(code.includes(path), path);
  }
  const others = code.filter((path) => !/^(bench\/gpu|lib\/core|lib\/engine)\//.test(path));
  assertEquals(others, []);
});

Deno.test("initial states are drawn alike everywhere, weights with the variance of their fan-in", () => {
  const weights = initialValues({ path: "params/conv/weight", shape: [3, 3, 64, 64] });
  const variance = weights.reduce((sum, value) => sum + value ** 2, 0) / weights.length;
  assert(Math.abs(variance * 9 * 64 / 2 - 1) < 0.05, `${variance}`);
  assertEquals(initialValues({ path: "params/bn/weight", shape: [2] }), Float32Array.of(1, 1));
  assertEquals(initialValues({ path: "optimizer/conv", shape: [1, 2] }), Float32Array.of(0, 0));
  assertEquals(new Set(CASES.map(({ name }) => name)).size, CASES.length);
});

import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { EngineError } from "../../../lib/core/errors.ts";
import type { DeviceBuffer } from "../../../lib/engine/pjrt/buffer.ts";
import { Client } from "../../../lib/engine/pjrt/client.ts";
import { PjrtError } from "../../../lib/engine/pjrt/pjrt_error.ts";
import { PLUGIN, testWithPlugin } from "./plugin.ts";

const client = PLUGIN ? Client.open(PLUGIN) : undefined!;

/** Adds 1 to its first input, which is used up; passes the second on. */
const MODULE = new TextEncoder().encode(`module @add_one {
  func.func public @main(%a: tensor<2x3xf32> {tf.aliasing_output = 0 : i32}, %b: tensor<2xi32>)
      -> (tensor<2x3xf32>, tensor<2xi32>) {
    %one = stablehlo.constant dense<1.0> : tensor<2x3xf32>
    %sum = stablehlo.add %a, %one : tensor<2x3xf32>
    return %sum, %b : tensor<2x3xf32>, tensor<2xi32>
  }
}`);
const A = { shape: [2, 3], dtype: "float32" } as const;
const B = { shape: [2], dtype: "int32" } as const;
const VALUES = Float32Array.of(1, 2, 3, 4, 5, 6);

function free(...buffers: DeviceBuffer[]): void {
  for (const buffer of buffers) buffer.free();
}

testWithPlugin("a client tells its platform, its devices and their memory", () => {
  assertEquals(client.platform, "cpu");
  assert(/^0\.\d+$/.test(client.api.version));
  assertEquals(client.devices[0].kind, "cpu");
  assertEquals(client.devices.map(({ index }) => index), [...client.devices.keys()]);
  assertEquals(client.memory(client.devices[0]), undefined);
});

testWithPlugin("values come back from a device as they went, of every type", async () => {
  const before = client.buffers;
  for (
    const [values, type] of [
      [VALUES, A],
      [Int32Array.of(7, -8), B],
      [Uint8Array.of(1, 0, 1), { shape: [3], dtype: "bool" }],
      [Float32Array.of(5), { shape: [], dtype: "float32" }],
      [new Float32Array(0), { shape: [0, 4], dtype: "float32" }],
    ] as const
  ) {
    const buffer = client.upload(values, type);
    assertEquals(await buffer.read(), values);
    assertEquals(buffer.readNow(), values);
    buffer.free();
    buffer.free();
  }
  assertEquals(client.buffers, before, "buffers were left behind");
});

testWithPlugin("values may be changed once they are uploaded", async () => {
  const values = VALUES.slice(), buffer = client.upload(values, A);
  values.fill(0);
  assertEquals(await buffer.read(), VALUES);
  buffer.free();
});

testWithPlugin("a program runs with inputs that it uses up", async () => {
  const before = client.buffers;
  const program = await client.compile(MODULE);
  assertEquals(program.outputs, [A, B]);
  const x = client.upload(VALUES, A), y = client.upload(Int32Array.of(3, 4), B);
  const [kept] = await program.run([[x, y]], [0]);
  assertEquals(await x.read(), VALUES);
  const [[sum, same]] = await program.run([[x, y]]);
  assertEquals(await sum.read(), VALUES.map((value) => value + 1));
  assertEquals(await same.read(), Int32Array.of(3, 4));
  const error = await assertRejects(() => x.read(), PjrtError);
  assertEquals(error.code, "INVALID_ARGUMENT");
  free(x, y, sum, same, ...kept);
  program.free();
  assertEquals(client.buffers, before, "buffers were left behind");
});

testWithPlugin("a program runs on the device that it was compiled for", async () => {
  const device = client.devices.at(-1)!;
  const program = await client.compile(MODULE, [device]);
  const inputs = [client.upload(VALUES, A, device), client.upload(Int32Array.of(3, 4), B, device)];
  const [outputs] = await program.run([inputs]);
  assertEquals(await outputs[0].read(), VALUES.map((value) => value + 1));
  free(...inputs, ...outputs);
  program.free();
});

testWithPlugin("a serialised program is loaded again", async () => {
  const program = await client.compile(MODULE);
  const again = await client.load(program.serialize());
  program.free();
  const inputs = [client.upload(VALUES, A), client.upload(Int32Array.of(3, 4), B)];
  const [outputs] = await again.run([inputs]);
  assertEquals(await outputs[0].read(), VALUES.map((value) => value + 1));
  free(...inputs, ...outputs);
  again.free();
});

testWithPlugin("the event loop goes on while a program is compiled and run", async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  const program = await client.compile(new TextEncoder().encode(`module @products {
    func.func public @main(%a: tensor<700x700xf32>) -> tensor<700x700xf32> {
      ${
    Array.from({ length: 20 }, (_, i) =>
      `%${i} = stablehlo.dot_general ${
        i === 0 ? "%a" : `%${i - 1}`
      }, %a, contracting_dims = [1] x [0] : ` +
      "(tensor<700x700xf32>, tensor<700x700xf32>) -> tensor<700x700xf32>").join("\n")
  }
      return %19 : tensor<700x700xf32>
    }
  }`));
  const type = { shape: [700, 700], dtype: "float32" } as const;
  const input = client.upload(new Float32Array(490_000), type);
  const [[output]] = await program.run([[input]]);
  await output.read();
  clearInterval(timer);
  assert(ticks > 0, "no timer ran meanwhile");
  free(input, output);
  program.free();
});

testWithPlugin("errors keep the plugin's message", async () => {
  const error = await assertRejects(
    () => client.compile(new TextEncoder().encode("module { nonsense }")),
    PjrtError,
    "custom op 'nonsense' is unknown",
  );
  assert(error.message.startsWith("PJRT_Client_Compile: "));
  await assertRejects(() => client.load(new Uint8Array(10)), PjrtError);
  assertThrows(() => client.upload(VALUES, B), RangeError, "Expected 2 values for the shape [2]");
  const freed = client.upload(VALUES, A);
  freed.free();
  await assertRejects(() => freed.read(), TypeError, "found one that was freed");
});

Deno.test("a file that is no plugin is refused in one line", async () => {
  const file = await Deno.makeTempFile({ suffix: ".so" });
  const error = assertThrows(
    () => Client.open(file),
    EngineError,
    "Expected a PJRT plugin in",
  );
  assert(!error.message.includes("\n"));
  await Deno.remove(file);
});

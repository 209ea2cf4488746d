/**
 * What plugins report that have no device, or no memory left, or are of another version: one line each.
 *
 * @module
 */
import { assert, assertEquals, assertThrows } from "@std/assert";
import { EngineError } from "../../../lib/core/errors.ts";
import { Api } from "../../../lib/engine/pjrt/api.ts";
import { Client } from "../../../lib/engine/pjrt/client.ts";
import { PjrtError } from "../../../lib/engine/pjrt/pjrt_error.ts";
import { type Answer, fakePlugin } from "./fake_plugin.ts";

const [RESOURCE_EXHAUSTED, FAILED_PRECONDITION, UNIMPLEMENTED, INTERNAL] = [8, 9, 12, 13];

/** Runs a function with a plugin and asserts that it throws one line. */
function assertReports(
  answers: Parameters<typeof fakePlugin>[0],
  run: (api: () => Api) => unknown,
  message: string,
  version?: readonly [number, number],
): void {
  const plugin = fakePlugin(answers, version);
  try {
    const error = assertThrows(() => run(() => new Api(plugin.table, "fake.so")), EngineError);
    assertEquals(error.message, message);
  } finally {
    plugin.close();
  }
}

/** Writes a list of one thing. */
const one: Answer = (results) => {
  results.setBigUint64(24, addressOfOne, true);
  results.setBigUint64(32, 1n, true);
};
const LIST = BigUint64Array.of(1n);
const addressOfOne = BigInt(Deno.UnsafePointer.value(Deno.UnsafePointer.of(LIST)));
/** A client, and one device. */
const WITH_DEVICE = {
  Client_Create: (results: DataView) => results.setBigUint64(64, 1n, true),
  Client_AddressableDevices: one,
} as const;

Deno.test("a plugin of another version is refused by name", () => {
  for (const version of [[0, 80], [1, 0]] as const) {
    assertReports(
      {},
      (api) => api(),
      `Expected a plugin of the PJRT API 0.81 or a later 0.x but found ${version.join(".")} in ` +
        "fake.so: install another release of it",
      version,
    );
  }
});

Deno.test("a plugin without a device is refused", () => {
  assertReports(
    { Client_Create: (results) => results.setBigUint64(64, 1n, true) },
    (api) => Client.of(api()),
    "Expected the plugin fake.so to find a device but it found none",
  );
  const message = "No visible GPU devices.\nand more";
  assertReports(
    { Client_Create: () => ({ code: FAILED_PRECONDITION, message }) },
    (api) => Client.of(api()),
    "PJRT_Client_Create: FAILED_PRECONDITION: No visible GPU devices.",
  );
});

Deno.test("a device that another process has for itself is refused with advice", () => {
  const taken = "failed call to cuDevicePrimaryCtxRetain: CUDA_ERROR_DEVICE_UNAVAILABLE";
  assertReports(
    { Client_Create: () => ({ code: INTERNAL, message: taken }) },
    (api) => Client.of(api()),
    `PJRT_Client_Create: INTERNAL: ${taken} ` +
      "(another process uses the device: end it, or choose another device)",
  );
});

Deno.test("too little memory: the error tells how much was asked for, and how much there is", () => {
  const failure = {
    code: RESOURCE_EXHAUSTED,
    message: "Out of memory while trying to allocate 9663676416 bytes.",
  };
  const upload = (api: () => Api) =>
    Client.of(api()).upload(new Float32Array(1), { shape: [1], dtype: "float32" });
  const advice = "take a smaller --batch, or end other processes that use the device)";
  const begin = `PJRT_Client_BufferFromHostBuffer: RESOURCE_EXHAUSTED: ${failure.message} (9.66 GB`;
  assertReports(
    {
      ...WITH_DEVICE,
      Client_BufferFromHostBuffer: () => failure,
      Device_MemoryStats(results) {
        results.setBigInt64(24, 12_500_000_000n, true);
        results.setBigInt64(80, 16_000_000_000n, true);
        results.setUint8(88, 1);
      },
    },
    upload,
    `${begin} asked for, 3.50 GB of the device's 16.00 GB left: ${advice}`,
  );
  const silent = { code: UNIMPLEMENTED, message: "no statistics" };
  assertReports(
    {
      ...WITH_DEVICE,
      Client_BufferFromHostBuffer: () => failure,
      Device_MemoryStats: () => silent,
    },
    upload,
    `${begin} asked for, the device has no memory left: ${advice}`,
  );
});

Deno.test("a function that an older plugin has not is named", () => {
  const plugin = fakePlugin({});
  new DataView(plugin.table.getArrayBuffer(8)).setBigUint64(0, 48n, true);
  const error = assertThrows(() => new Api(plugin.table, "fake.so"), EngineError);
  assert(!(error instanceof PjrtError));
  assertEquals(
    error.message,
    "Expected the plugin to have PJRT_Plugin_Initialize but its version 0.81 has not: install another",
  );
  plugin.close();
});

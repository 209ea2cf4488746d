import { assertEquals, assertThrows } from "@std/assert";
import { CheckpointError } from "../../lib/core/errors.ts";
import { rng } from "../../lib/core/rng.ts";
import type { SafetensorsTensor } from "../../lib/safetensors/format.ts";
import { readSafetensors } from "../../lib/safetensors/read.ts";
import { writeSafetensors } from "../../lib/safetensors/write.ts";

/** Encodes a file of the given header and data. */
function file(header: string, data = 0, length?: bigint): Uint8Array {
  const json = new TextEncoder().encode(header);
  const bytes = new Uint8Array(8 + json.length + data);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
}

function entry(offsets: string, dtype = "U8", shape = "[4]"): string {
  return `{"dtype":"${dtype}","shape":${shape},"data_offsets":${offsets}}`;
}

Deno.test("readSafetensors() reads what writeSafetensors() wrote", () => {
  const random = rng(5);
  for (let round = 0; round < 20; round++) {
    const tensors = new Map<string, SafetensorsTensor>();
    for (let i = random.below(6); i >= 0; i--) {
      const shape = Array.from({ length: random.below(4) }, () => random.below(5));
      const size = shape.reduce((product, side) => product * side, 1);
      const [type, width] = ([["F32", 4], ["BOOL", 1], ["I64", 8], ["BF16", 2]] as const)[
        random.below(4)
      ];
      const bytes = Uint8Array.from({ length: size * width }, () => random.below(256));
      tensors.set(`part${i}/ü "${round}"`, { type, shape, bytes });
    }
    const metadata = new Map([["step", `${round}`], ["odd\nname", "\u{1F600}"]]);
    const read = readSafetensors(writeSafetensors({ tensors, metadata }));
    assertEquals(Object.fromEntries(read.metadata), Object.fromEntries(metadata));
    assertEquals(read.tensors.size, tensors.size);
    for (const [name, { type, shape, bytes }] of tensors) {
      const found = read.tensors.get(name)!;
      assertEquals([found.type, [...found.shape], [...found.bytes]], [type, [...shape], [
        ...bytes,
      ]]);
    }
  }
});

Deno.test("writeSafetensors() aligns data to 8 bytes", () => {
  const bytes = writeSafetensors({
    tensors: new Map([["a", { type: "U8", shape: [1], bytes: Uint8Array.of(9) }]]),
    metadata: new Map(),
  });
  assertEquals(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8, 0);
});

Deno.test("readSafetensors() throws on every truncation of a file", () => {
  const whole = writeSafetensors({
    tensors: new Map([["a", { type: "F32", shape: [3], bytes: new Uint8Array(12) }]]),
    metadata: new Map([["step", "1"]]),
  });
  for (let length = 0; length < whole.length; length++) {
    assertThrows(() => readSafetensors(whole.subarray(0, length)), CheckpointError);
  }
});

const HOSTILE: readonly [name: string, bytes: Uint8Array, message: string][] = [
  ["an absurd header length", file("{}", 0, 2n ** 63n), "a header of at most 25000000 bytes"],
  ["a header longer than the file", file("{}", 0, 1000n), "only 2"],
  ["no JSON", file("{oops"), "a header of JSON"],
  ["invalid UTF-8", file("\ud800", 0), "a header"],
  ["an array", file("[]"), "a header that is a record"],
  ["null", file("null"), "a header that is a record"],
  ["an entry that is null", file(`{"a":null}`), "an entry for a"],
  ["an unknown type", file(`{"a":${entry("[0,4]", "C64")}}`, 4), "one of the types"],
  ["a type from the prototype", file(`{"a":${entry("[0,4]", "toString")}}`, 4), "one of the types"],
  ["a negative offset", file(`{"a":${entry("[-4,0]")}}`, 4), "two offsets from 0"],
  ["an infinite offset", file(`{"a":${entry("[0,1e999]")}}`, 4), "two offsets from 0"],
  ["a fractional offset", file(`{"a":${entry("[0,3.5]")}}`, 4), "two offsets from 0"],
  ["three offsets", file(`{"a":${entry("[0,2,4]")}}`, 4), "two offsets from 0"],
  ["offsets backwards", file(`{"a":${entry("[4,0]")}}`, 4), "to lie within 4 bytes"],
  ["offsets past the end", file(`{"a":${entry("[0,40]", "U8", "[40]")}}`, 4), "to lie within 4"],
  ["a negative size", file(`{"a":${entry("[0,4]", "U8", "[-4]")}}`, 4), "a shape of integers"],
  ["a size as text", file(`{"a":${entry("[0,4]", "U8", '["4"]')}}`, 4), "a shape of integers"],
  [
    "a shape that overflows",
    file(`{"a":${entry("[0,4]", "F64", "[9007199254740991,4]")}}`, 4),
    "fewer than 2^53 elements",
  ],
  [
    "an empty shape that overflows",
    file(`{"a":${entry("[0,0]", "F32", "[1099511627776,1099511627776,0]")}}`),
    "fewer than 2^53 elements",
  ],
  [
    "300 dimensions",
    file(`{"a":${entry("[0,4]", "F32", JSON.stringify(Array(300).fill(1)))}}`, 4),
    "at most 64 dimensions",
  ],
  ["an entry nested deeply", file(`{"a":${"[".repeat(1e5)}${"]".repeat(1e5)}}`), "an entry for a"],
  ["a shape of other size", file(`{"a":${entry("[0,4]", "F32", "[4]")}}`, 4), "16 bytes for a"],
  [
    "overlapping tensors",
    file(`{"a":${entry("[0,4]")},"b":${entry("[2,6]")}}`, 6),
    "b to begin at byte 4",
  ],
  [
    "the same bytes twice",
    file(`{"a":${entry("[0,4]")},"b":${entry("[0,4]")}}`, 4),
    "to begin at byte 4",
  ],
  ["a gap", file(`{"a":${entry("[1,5]")}}`, 5), "a to begin at byte 0"],
  ["bytes of no tensor", file(`{"a":${entry("[0,4]")}}`, 5), "tensors of 4 bytes in all"],
  ["__proto__", file(`{"__proto__":${entry("[0,4]")}}`, 4), "reserved name"],
  ["__proto__ in a path", file(`{"params/__proto__/x":${entry("[0,4]")}}`, 4), "reserved name"],
  ["metadata that is no record", file(`{"__metadata__":[1]}`), "metadata to be a record"],
  ["metadata that is no text", file(`{"__metadata__":{"step":1}}`), "metadata step to be a text"],
];

for (const [name, bytes, message] of HOSTILE) {
  Deno.test(`readSafetensors() throws on ${name}`, () => {
    assertThrows(() => readSafetensors(bytes), CheckpointError, message);
    assertEquals(({} as Record<string, unknown>).dtype, undefined);
  });
}

Deno.test("writeSafetensors() throws on mismatched byte lengths and reserved names", () => {
  const bytes = new Uint8Array(3);
  const write = (name: string) =>
    writeSafetensors({
      tensors: new Map([[name, { type: "F32", shape: [1], bytes }]]),
      metadata: new Map(),
    });
  assertThrows(() => write("a"), RangeError, "Expected 4 bytes for a");
  assertThrows(() => write("__metadata__"), RangeError, "reserved");
});

import {
  assert,
  assertAlmostEquals,
  assertArrayIncludes,
  assertEquals,
  assertExists,
  assertFalse,
  assertGreater,
  assertGreaterOrEqual,
  assertInstanceOf,
  AssertionError,
  assertLess,
  assertLessOrEqual,
  assertMatch,
  assertNotEquals,
  assertNotStrictEquals,
  assertObjectMatch,
  assertRejects,
  assertStrictEquals,
  assertStringIncludes,
  assertThrows,
  equal,
  fail,
} from "@std/assert";
import node from "node:assert/strict";

// The package under test cannot be its own judge, so Node's decides here.

/** The message of the AssertionError that `fn` throws, or undefined if it holds. */
function refusal(fn: () => unknown): string | undefined {
  try {
    fn();
  } catch (error) {
    node.ok(error instanceof AssertionError, `not an AssertionError: ${error}`);
    return error.message;
  }
}

const ALIKE: [unknown, unknown][] = [
  [NaN, NaN],
  [0, -0],
  [[1, [2, { a: 3 }]], [1, [2, { a: 3 }]]],
  [{ a: 1, b: 2 }, { b: 2, a: 1 }],
  [new Map([["a", { x: 1 }]]), new Map([["a", { x: 1 }]])],
  [new Map([["a", 1], ["b", 2]]), new Map([["b", 2], ["a", 1]])],
  [new Map([[{ k: 1 }, 1]]), new Map([[{ k: 1 }, 1]])],
  [new Set([{ a: 1 }, { a: 2 }]), new Set([{ a: 2 }, { a: 1 }])],
  [new Float32Array([1, NaN, 0]), new Float32Array([1, NaN, -0])],
  [new BigInt64Array([1n]), new BigInt64Array([1n])],
  [new Uint8Array([1]).buffer, new Uint8Array([1]).buffer],
  [new Date(5), new Date(5)],
  [new Date(NaN), new Date(NaN)],
  [/a/g, /a/g],
  [new URL("file:///a"), new URL("file:///a")],
  [Object.create(null), {}],
  [{ a: undefined }, { a: undefined }],
];

const DIFFERENT: [unknown, unknown][] = [
  [1, "1"],
  [null, undefined],
  [{}, { a: undefined }],
  [{ a: undefined }, { b: undefined }],
  [[1, 2], [2, 1]],
  [[undefined], []],
  [new Float32Array([1]), [1]],
  [new Float32Array([1]), new Float64Array([1])],
  [new Int32Array([1, 2]), new Int32Array([1, 3])],
  [new Set([1, 2]), new Set([1, 3])],
  [new Set([{ a: 1 }, { a: 1 }]), new Set([{ a: 1 }, { a: 2 }])],
  [new Map([["a", 1]]), new Map([["a", 2]])],
  [new Date(5), new Date(6)],
  [/a/g, /a/i],
  [new (class A {})(), new (class B {})()],
  [{ [Symbol.for("x")]: 1 }, { [Symbol.for("x")]: 2 }],
];

Deno.test("assertEquals() passes for deeply equal values in both orders", () => {
  for (const [a, b] of ALIKE) {
    node.equal(refusal(() => assertEquals(a, b)), undefined, Deno.inspect(a));
    node.ok(equal(b, a));
    node.ok(refusal(() => assertNotEquals(a, b)), Deno.inspect(a));
  }
});

Deno.test("assertEquals() throws on different values in both orders", () => {
  for (const [a, b] of DIFFERENT) {
    node.match(refusal(() => assertEquals(a, b)) ?? "", /^Values are not equal\./, Deno.inspect(a));
    node.ok(!equal(b, a));
    node.equal(refusal(() => assertNotEquals(a, b)), undefined);
  }
});

Deno.test("assertEquals() compares cyclic structures", () => {
  const ring = (value: number) => {
    const made: { value: number; self?: unknown } = { value };
    made.self = made;
    return made;
  };
  assertEquals(ring(1), ring(1));
  assertNotEquals(ring(1), ring(2));
});

Deno.test("assertEquals() shows the difference and the caller's message", () => {
  const message = refusal(() => assertEquals({ a: 1, b: [2] }, { a: 1, b: [3] }, "the counts")) ??
    "";
  node.match(message, /^Values are not equal: the counts/);
  node.match(message, /\+\s+2/);
  node.match(message, /-\s+3/);
});

Deno.test("assertEquals() names the first difference of long arrays", () => {
  const long = new Float32Array(100_000), other = long.slice();
  other[70_000] = 1;
  node.match(refusal(() => assertEquals(long, other)) ?? "", /first difference is at 70000/);
});

Deno.test("assertStrictEquals() distinguishes identical from equal objects", () => {
  const one = { a: 1 };
  assertStrictEquals(one, one);
  assertStrictEquals(NaN, NaN);
  assertNotStrictEquals(one, { a: 1 });
  node.match(
    refusal(() => assertStrictEquals({ a: 1 }, one)) ?? "",
    /same structure but are not reference-equal/,
  );
  node.ok(refusal(() => assertStrictEquals<number>(0, -0)));
});

Deno.test("assertAlmostEquals() allows a ten-millionth of the expected value by default", () => {
  assertAlmostEquals(1 + 9e-8, 1);
  assertAlmostEquals(1000 + 9e-5, 1000);
  assertAlmostEquals(Infinity, Infinity);
  assertAlmostEquals(NaN, NaN);
  node.ok(refusal(() => assertAlmostEquals(1 + 2e-7, 1)));
  node.ok(refusal(() => assertAlmostEquals(NaN, 1, 10)));
  assertAlmostEquals(1.4, 1, 0.5);
  node.match(
    refusal(() => assertAlmostEquals(2, 1, 0.5, "the mean")) ?? "",
    /"2" to be close to "1": delta "1" is greater than "5e-1": the mean/,
  );
});

Deno.test("assertThrows() checks class and message and returns the error", () => {
  const error = new RangeError("Expected 1 but found 2");
  const boom = () => {
    throw error;
  };
  node.equal(assertThrows(boom), error);
  node.equal(assertThrows(boom, RangeError, "found 2"), error);
  node.equal(assertThrows(boom, Error), error);
  node.match(refusal(() => assertThrows(boom, TypeError)) ?? "", /instance of "TypeError".*"Range/);
  node.match(refusal(() => assertThrows(boom, Error, "found 3")) ?? "", /to include "found 3"/);
  node.match(refusal(() => assertThrows(() => 1)) ?? "", /Expected function to throw\./);
  const text = () => {
    throw "text";
  };
  node.match(refusal(() => assertThrows(text, Error)) ?? "", /non-Error object was thrown/);
});

Deno.test("assertRejects() checks class and message and returns the error", async () => {
  const error = new TypeError("no such file");
  const boom = () => Promise.reject(error);
  node.equal(await assertRejects(boom), error);
  node.equal(await assertRejects(boom, TypeError, "no such"), error);
  await node.rejects(assertRejects(boom, RangeError), AssertionError);
  await node.rejects(assertRejects(boom, TypeError, "other"), AssertionError);
  await node.rejects(assertRejects(() => Promise.resolve(1)), /Expected function to reject/);
  await node.rejects(
    assertRejects(() => {
      throw error;
    }),
    /Function throws when expected to reject/,
  );
});

Deno.test("the remaining assertions pass and throw correctly", () => {
  const holds: (() => unknown)[] = [
    () => assert(1),
    () => assertFalse(""),
    () => assertExists(0),
    () => assertGreater(2, 1),
    () => assertGreaterOrEqual(2, 2),
    () => assertLess(1, 2),
    () => assertLessOrEqual(2, 2),
    () => assertMatch("abc", /b/),
    () => assertStringIncludes("abc", "bc"),
    () => assertArrayIncludes([{ a: 1 }, { a: 2 }], [{ a: 2 }]),
    () => assertArrayIncludes(new Float32Array([1, 2]), [2]),
    () => assertInstanceOf(new RangeError(), Error),
    () => assertObjectMatch({ a: 1, b: { c: 2, d: 3 } }, { b: { c: 2 } }),
  ];
  const throws: (() => unknown)[] = [
    () => assert(0),
    () => assertFalse("a"),
    () => assertExists(null),
    () => assertGreater(1, 1),
    () => assertGreater(NaN, 1),
    () => assertGreaterOrEqual(1, 2),
    () => assertLess(2, 2),
    () => assertLessOrEqual(3, 2),
    () => assertMatch("abc", /d/),
    () => assertStringIncludes("abc", "d"),
    () => assertArrayIncludes([1, 2], [2, 3]),
    () => assertInstanceOf(null, Error),
    () => assertObjectMatch({ a: 1 }, { a: 1, b: 2 }),
    () => fail("here"),
  ];
  for (const fn of holds) node.equal(refusal(fn), undefined, String(fn));
  for (const fn of throws) node.notEqual(refusal(fn), undefined, String(fn));
});

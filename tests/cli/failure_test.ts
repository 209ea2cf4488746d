/**
 * Classification of errors.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { failure } from "../../lib/cli/failure.ts";
import * as errors from "../../lib/core/errors.ts";

const LIB = new URL("../../lib/", import.meta.url);

Deno.test("failure() prints the project's errors in one line without a stack trace", () => {
  const codes: Record<string, number> = { EngineError: 1, PeerError: 75, DivergedError: 1 };
  for (const [name, Class] of Object.entries(errors)) {
    const { text, code } = failure(new Class("Expected a cat\nbut found a dog"), "train");
    assertEquals([name, code], [name, codes[name] ?? 2]);
    assertMatch(
      text,
      /^Expected a cat but found a dog(; deno task train --help lists the flags)?$/,
    );
  }
});

Deno.test("failure() distinguishes invalid arguments from programming errors", () => {
  const wrongArgument = new RangeError("Expected a severe drop to be above … but found 1 and 2");
  assertEquals(failure(wrongArgument, "analyse").code, 2);
  const faults: (() => unknown)[] = [
    () => (undefined as unknown as { x: number }).x,
    () => (1 as unknown as () => void)(),
    () => JSON.parse("{"),
    () => (1).toFixed(1000),
    () => "x".repeat(-1),
    () =>
      (function again(): number {
        return again() + 1;
      })(),
    () => new Intl.NumberFormat("no such language"),
    () => new URL("no address"),
    () => {
      throw new errors.EngineError("MatMul: Matrix size-incompatible: In[0]: [2,3], In[1]: [2,3]");
    },
    () => {
      throw "a text";
    },
  ];
  for (const fault of faults) {
    const { text, code } = failure(thrown(fault), "train");
    assertEquals(code, 1);
    assertStringIncludes(text.split("\n")[0], "report it");
    assertStringIncludes(text, "deno task train");
    if (fault !== faults.at(-1)) assertStringIncludes(text, "failure_test.ts");
  }
});

Deno.test("failure() prints a full disk, a missing file and exhausted memory in one line", async () => {
  const errors = [
    await Deno.readFile("/no/such/file").catch((error) => error),
    await Deno.mkdir(new URL(import.meta.url)).catch((error) => error),
    new Error("No space left on device (os error 28)"),
    thrown(() => new Float32Array(2 ** 52)),
    thrown(() => new ArrayBuffer(2 ** 53 - 1)),
  ];
  for (const error of errors) {
    const { text, code } = failure(error, "train");
    assertEquals([code, text.includes("\n"), text.startsWith("Expected ")], [2, false, true], text);
  }
});

// failure() recognises the project's messages by this prefix.
Deno.test("every message of a TypeError, RangeError, EngineError or InstallError in lib begins with Expected", async () => {
  const strangers: string[] = [];
  let messages = 0;
  for await (const file of sources(LIB)) {
    // The replacement of a package keeps the package's messages.
    if (file.href.includes("/lib/deps/")) continue;
    const text = await Deno.readTextFile(file);
    const calls = /^(?! *\*).*\bnew (?:Type|Range|Engine|Install)Error\(\s*(.*)/gm;
    for (const [, message] of text.matchAll(calls)) {
      messages++;
      if (!/^[`"']Expected /.test(message)) strangers.push(`${file.pathname}: ${message}`);
    }
  }
  assert(messages > 100);
  // TensorFlow's messages are passed on unchanged; a thrown name is caught one line below.
  assertEquals(strangers.map((line) => line.replace(/^.*\/lib\//, "")), [
    'analysis/run/files.ts: "no record");',
    "engine/tensorflow/library.ts: context ? `${context()}: ${message}` : message);",
  ]);
});

function thrown(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

async function* sources(folder: URL): AsyncGenerator<URL> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  for (const { name, isDirectory } of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (isDirectory) yield* sources(new URL(`${name}/`, folder));
    else if (name.endsWith(".ts")) yield new URL(name, folder);
  }
}

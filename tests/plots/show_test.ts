import { assertEquals, assertStringIncludes } from "@std/assert";
import { tf } from "../../lib/deps/tfjs.ts";
import { decodePng } from "../../lib/deps/image_codecs.ts";
import { JUPYTER } from "../../lib/plots/display.ts";
import { plots, show } from "../../lib/plots/mod.ts";
import { shown } from "../../lib/plots/show.ts";
import { htmlTable, textTable } from "../../lib/plots/table.ts";
import { testOnBackends } from "../backends.ts";

/** Captures a function's output by `console.log`. */
async function printedBy(fn: () => Promise<void>): Promise<string[]> {
  const lines: string[] = [];
  const log = console.log;
  console.log = (...values: unknown[]) =>
    void lines.push(
      values.map((value) => typeof value === "string" ? value : Deno.inspect(value)).join(" "),
    );
  try {
    await fn();
  } finally {
    console.log = log;
  }
  return lines;
}

Deno.test("show() prints tables, figures and other values at a terminal", async () => {
  const figure = await plots.classCounts([500, 5]);
  const lines = await printedBy(() =>
    show([{ recipe: "ce", tail: null, all: 48.345678 }], figure, 7, { a: 1 }, [])
  );
  assertEquals(lines[0], "recipe  tail    all\nce         –  48.35");
  assertStringIncludes(lines[1], "Training images of each class: ");
  assertEquals(lines.slice(2), ["7", "{ a: 1 }", "[]"]);
});

testOnBackends(
  "show() prints the values of tensors, abbreviating long ones",
  async () => {
    const lines = await printedBy(() =>
      show(
        tf.scalar(2.5),
        tf.tensor2d([[1, 2], [3.123456, 4]]),
        tf.range(0, 20, 1, "int32"),
        tf.zeros([2, 2, 1]),
      )
    );
    assertEquals(lines, [
      "float32 []\n2.5",
      "float32 [2,2]\n[[1, 2],\n [3.1235, 4]]",
      "int32 [20]\n[0, 1, 2, …, 17, 18, 19]",
      "float32 [2,2,1]\n[[[0],\n  [0]],\n\n [[0],\n  [0]]]",
    ]);
  },
);

Deno.test("shown() converts tables and figures for notebooks and returns other values unchanged", async () => {
  const table = await shown([{ name: "<b>", n: 1 }]);
  assertStringIncludes(table!["text/html"], `<td style="text-align:left">&lt;b&gt;</td>`);
  const figure = await plots.classCounts([500, 5]);
  assertEquals(await shown(figure), { "image/svg+xml": figure.svg, "text/plain": figure.title });
  assertEquals(
    [await shown(5), await shown(null), await shown([1, 2]), await shown([])],
    Array(4).fill(undefined),
  );
});

Deno.test("tables skip nested values and write numbers to four digits", () => {
  const rows = [{ a: 1, nested: { b: 2 }, small: 0.00001234, big: 12345678, half: 0.5 }, {
    a: null,
    extra: true,
  }];
  assertEquals(
    textTable(rows),
    "a    small       big  half  extra\n1  1.23e-5  12345678   0.5  –\n–        –         –     –  true",
  );
  assertStringIncludes(htmlTable(rows), '<th style="text-align:left">extra</th>');
  assertEquals(htmlTable(rows).includes("nested"), false);
});

testOnBackends("tensors are displayed in a notebook, and described at a terminal", async () => {
  const tensor = tf.tensor2d([[1, 2], [3, 4.5]]);
  const display = (value: tf.Tensor) =>
    (value as unknown as { [JUPYTER](): Promise<Record<string, string>> })[JUPYTER]();
  assertEquals(await display(tensor), {
    "text/html": "<pre>float32 [2,2]\n[[1, 2],\n [3, 4.5]]</pre>",
    "text/plain": "float32 [2,2]\n[[1, 2],\n [3, 4.5]]",
  });
  assertEquals(Deno.inspect({ params: [tensor] }), "{ params: [ Tensor float32 [2,2] ] }");
  assertEquals((await display(tf.tensor1d(["a", "b"])))["text/plain"], 'string [2]\n["a", "b"]');
  tensor.dispose();
  assertEquals((await display(tensor))["text/plain"], "float32 [2,2], disposed");
  assertEquals(Deno.inspect(tensor), "Tensor float32 [2,2], disposed");
});

testOnBackends("a tensor with the shape of images is also displayed as pictures", async () => {
  const html = async (tensor: tf.Tensor) => (await shown(tensor))!["text/html"];
  const pixels = async (text: string) => {
    const [, base64] = /src="data:image\/png;base64,([^"]+)"/.exec(text)!;
    return Array.from((await decodePng(Uint8Array.fromBase64(base64))).data);
  };
  const ramp = tf.range(0, 12 * 12 * 3).reshape([12, 12, 3]).sub(100) as tf.Tensor;
  const one = await html(ramp);
  assertStringIncludes(one, "-100 is black, 331 white");
  const [r, g, b, a] = await pixels(one);
  assertEquals([r, g, b, a], [0, 1, 1, 255]);
  const batch = await html(tf.zeros([20, 16, 12, 1]));
  assertEquals(batch.match(/<img/g)?.length, 8);
  assertStringIncludes(batch, "the first 8 of 20");
  for (const shape of [[4, 4, 3], [12, 12, 2], [12, 12], [0, 12, 12, 3]]) {
    assertEquals((await html(tf.zeros(shape))).includes("<img"), false, `${shape}`);
  }
});

import { assertEquals, assertStringIncludes } from "@std/assert";
import { tf } from "../../lib/deps/tfjs.ts";
import { plots, show } from "../../lib/plots/mod.ts";
import { shown } from "../../lib/plots/show.ts";
import { htmlTable, textTable } from "../../lib/plots/table.ts";
import { testOnBackends } from "../backends.ts";

/** What a function writes by `console.log`. */
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

Deno.test("show() prints tables, figures and other things at a terminal", async () => {
  const figure = await plots.classCounts([500, 5]);
  const lines = await printedBy(() =>
    show([{ recipe: "ce", tail: null, all: 48.345678 }], figure, 7, { a: 1 }, [])
  );
  assertEquals(lines[0], "recipe  tail    all\nce         –  48.35");
  assertStringIncludes(lines[1], "Training images of each class: ");
  assertEquals(lines.slice(2), ["7", "{ a: 1 }", "[]"]);
});

testOnBackends(
  "show() prints the numbers of tensors, the middle of long ones left out",
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

Deno.test("shown() gives notebooks tables and figures, and leaves the rest to the kernel", async () => {
  const table = await shown([{ name: "<b>", n: 1 }]);
  assertStringIncludes(table!["text/html"], `<td style="text-align:left">&lt;b&gt;</td>`);
  const figure = await plots.classCounts([500, 5]);
  assertEquals(await shown(figure), { "image/svg+xml": figure.svg, "text/plain": figure.title });
  assertEquals(
    [await shown(5), await shown(null), await shown([1, 2]), await shown([])],
    Array(4).fill(undefined),
  );
});

Deno.test("tables leave out nested values and write numbers to four digits", () => {
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

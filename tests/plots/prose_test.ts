import { assertEquals } from "@std/assert";
import { fixed, joined, prose, show, signed } from "../../lib/plots/mod.ts";
import { shown } from "../../lib/plots/show.ts";

Deno.test("prose() emphasises only computed values", () => {
  const inner = prose`${"lose"} ${fixed(78.54)}`;
  const { text, markdown } = prose`Of ${64} channels in ResNet-50 rare classes ${inner} points.`;
  assertEquals(text, "Of 64 channels in ResNet-50 rare classes lose 78.5 points.");
  assertEquals(markdown, "Of **64** channels in ResNet-50 rare classes lose **78.5** points.");
});

Deno.test("prose() replaces the template's line breaks by spaces", () => {
  const { text, markdown } = prose`one
    ${1}
    two`;
  assertEquals([text, markdown], ["one 1 two", "one **1** two"]);
});

Deno.test("prose() escapes the syntax of Markdown, HTML and MathJax", () => {
  const name = "cifar10_lt <b> *x* [a](b) $z$ `c` ~~d~~ a|b & #1 \\";
  const escaped = String.raw`cifar10\_lt \<b\> \*x\* \[a\](b) \$z\$ \`c\` \~\~d\~\~ a\|b \& \#1 \\`;
  const { text, markdown } = prose`${name}`;
  assertEquals([text, markdown], [name, escaped]);
  // At the start of a line these would be lists.
  assertEquals(prose`1. first`.markdown, "1\\. first");
  assertEquals(prose`${"- a"}`.markdown, "\\- a");
  assertEquals(prose`a - b 1. c`.markdown, "a - b 1. c");
});

Deno.test("fixed() and signed() format numbers typographically", () => {
  const digits = [fixed(1.005, 2), fixed(-3, 0), fixed(-0.04), fixed(0), fixed(null)];
  assertEquals(digits.map(({ digits }) => digits), ["1.00", "−3", "0.0", "0.0", "–"]);
  const signs = [signed(3), signed(-3.25, 2), signed(0.04), signed(-0.04), signed(null)];
  assertEquals(signs.map(({ digits }) => digits), ["+3.0", "−3.25", "±0.0", "±0.0", "–"]);
});

Deno.test("joined() concatenates sentences", () => {
  const { text, markdown } = joined([prose`a ${1}`, prose`b_`], " | ");
  assertEquals([text, markdown], ["a 1 | b_", "a **1** \\| b\\_"]);
  assertEquals(joined([]).text, "");
});

Deno.test("show() displays sentences as Markdown in notebooks and plain text at terminals", async () => {
  const sentence = prose`${fixed(84.16)} %`;
  const bundle = { "text/markdown": "**84.2** %", "text/plain": "84.2 %" };
  assertEquals(await shown(sentence), bundle);
  assertEquals(await shown("a_b"), { "text/markdown": "a\\_b", "text/plain": "a_b" });
  // Block elements keep their lines.
  assertEquals(await shown("a_b\nc"), { "text/plain": "a_b\nc" });
  const log = console.log;
  const lines: string[] = [];
  console.log = (value: unknown) => void lines.push(Deno.inspect(value));
  try {
    await show(sentence);
  } finally {
    console.log = log;
  }
  assertEquals(lines, ["84.2 %"]);
});

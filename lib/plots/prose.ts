/**
 * Sentences with computed numbers, for notebooks and terminals.
 *
 * @module
 */
import { JUPYTER, TERMINAL } from "./display.ts";

/** A number as a sentence has it, from {@linkcode fixed} or {@linkcode signed}. */
export interface Quantity {
  /** Its digits. */
  readonly digits: string;
}

/** A sentence, from {@linkcode prose}. It shows itself, in a notebook and at a terminal. */
export interface Prose {
  /** As plain text. */
  readonly text: string;
  /** As Markdown, numbers in bold. */
  readonly markdown: string;
}

/**
 * A sentence with computed numbers. A notebook shows it as text that flows with its numbers in bold, a terminal as
 * plain text.
 *
 * @param texts What is written; a line break, with the spaces around it, is a space.
 * @param values What is computed: numbers and quantities are emphasised, texts and other sentences are not.
 * @returns The sentence, to be shown by {@linkcode show}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const sentence = prose`Of ${64} channels ${"rare_1"} lacks ${fixed(12.345)} %.`;
 * assertEquals(sentence.text, "Of 64 channels rare_1 lacks 12.3 %.");
 * assertEquals(sentence.markdown, "Of **64** channels rare\\_1 lacks **12.3** %.");
 * ```
 */
export function prose(
  texts: TemplateStringsArray,
  ...values: readonly (number | string | Quantity | Prose)[]
): Prose {
  const pieces = values.map((value) =>
    typeof value === "string"
      ? plainProse(value)
      : typeof value === "object" && "markdown" in value
      ? value
      : emphasised(typeof value === "number" ? String(value) : value.digits)
  );
  const written = texts.map((text) => text.replaceAll(/\s*\n\s*/g, " "));
  return sentence(
    written.map((text, i) => text + (pieces[i]?.text ?? "")).join(""),
    written.map((text, i) => escapedMarkdown(text) + (pieces[i]?.markdown ?? "")).join(""),
  );
}

/**
 * A text without computed numbers as a sentence.
 *
 * @param text The text.
 * @returns The sentence; nothing in it is taken for Markdown.
 */
export function plainProse(text: string): Prose {
  return sentence(text, escapedMarkdown(text));
}

/**
 * Sentences, one after the other, as one.
 *
 * @param sentences The sentences.
 * @param between What stands between them.
 * @returns One sentence.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(joined([prose`Head ${signed(2)}`, prose`Tail ${signed(-1)}`], ", ").text, "Head +2.0, Tail −1.0");
 * ```
 */
export function joined(sentences: readonly Prose[], between = " "): Prose {
  return sentence(
    sentences.map(({ text }) => text).join(between),
    sentences.map(({ markdown }) => markdown).join(escapedMarkdown(between)),
  );
}

/**
 * A number with so many decimals, for a sentence.
 *
 * @param value The number, or `null` where there is none.
 * @param decimals Digits behind the point, from 0.
 * @returns The number, `–` for `null`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([fixed(84.16).digits, fixed(-0.884, 2).digits, fixed(null).digits], ["84.2", "−0.88", "–"]);
 * ```
 */
export function fixed(value: number | null, decimals = 1): Quantity {
  if (value === null) return { digits: "–" };
  const digits = Math.abs(value).toFixed(decimals);
  return { digits: value < 0 && Number(digits) !== 0 ? `−${digits}` : digits };
}

/**
 * A difference with its sign, for a sentence.
 *
 * @param value The difference, or `null` where there is none.
 * @param decimals Digits behind the point, from 0.
 * @returns The number with `+`, `−` or, where only zeros are left of it, `±`; `–` for `null`.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals([0.8, -7.46, -0.01].map((value) => signed(value).digits), ["+0.8", "−7.5", "±0.0"]);
 * ```
 */
export function signed(value: number | null, decimals = 1): Quantity {
  if (value === null) return fixed(null);
  const digits = Math.abs(value).toFixed(decimals);
  const sign = Number(digits) === 0 ? "±" : value > 0 ? "+" : "−";
  return { digits: sign + digits };
}

function emphasised(digits: string): Pick<Prose, "text" | "markdown"> {
  return { text: digits, markdown: `**${digits}**` };
}

function sentence(text: string, markdown: string): Prose {
  const own = {
    text,
    markdown,
    [JUPYTER]: () => ({ "text/markdown": markdown, "text/plain": text }),
    [TERMINAL]: () => text,
  };
  return own;
}

/** A text as Markdown that reads as it stands: also `$`, which begins a formula, and what begins a list. */
function escapedMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~$&]/g, "\\$&").replace(/^(\s*)([-+])(?=\s)/, "$1\\$2")
    .replace(/^(\s*\d+)([.)])(?=\s)/, "$1\\$2");
}

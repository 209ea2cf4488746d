/**
 * Sentences with computed numbers, for notebooks and terminals.
 *
 * @module
 */
import { JUPYTER, TERMINAL } from "./display.ts";

/** A formatted number, from {@linkcode fixed} or {@linkcode signed}. */
export interface Quantity {
  /** The formatted number. */
  readonly digits: string;
}

/** A sentence, from {@linkcode prose}. Notebooks and terminals display it as text. */
export interface Prose {
  /** As plain text. */
  readonly text: string;
  /** As Markdown, with numbers in bold. */
  readonly markdown: string;
}

/**
 * Template tag that creates a sentence with computed numbers. A notebook renders it as wrapped text with numbers in
 * bold, a terminal as plain text.
 *
 * @param texts Literal text; a line break and the spaces around it become one space.
 * @param values Computed values: numbers and quantities are emphasised, strings and sentences are not.
 * @returns The sentence, to be displayed by {@linkcode show}.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fixed, prose } from "@nbn/toolkit/plots";
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
 * Creates a sentence from a text without computed numbers.
 *
 * @param text The text.
 * @returns The sentence, with all Markdown syntax escaped.
 */
export function plainProse(text: string): Prose {
  return sentence(text, escapedMarkdown(text));
}

/**
 * Joins sentences into one.
 *
 * @param sentences The sentences.
 * @param between Separator, plain text.
 * @returns The joined sentence.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { joined, prose, signed } from "@nbn/toolkit/plots";
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
 * Formats a number with a fixed number of decimals, for a sentence.
 *
 * @param value The number, or `null` if there is none.
 * @param decimals Number of decimals, at least 0.
 * @returns The formatted number; `–` for `null`.
 * @throws {RangeError} If the number of decimals is not from 0 to 100.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { fixed } from "@nbn/toolkit/plots";
 *
 * assertEquals([fixed(84.16).digits, fixed(-0.884, 2).digits, fixed(null).digits], ["84.2", "−0.88", "–"]);
 * ```
 */
export function fixed(value: number | null, decimals = 1): Quantity {
  if (value === null) return { digits: "–" };
  const digits = rounded(value, decimals);
  return { digits: value < 0 && Number(digits) !== 0 ? `−${digits}` : digits };
}

/**
 * Formats a difference with its sign, for a sentence.
 *
 * @param value The difference, or `null` if there is none.
 * @param decimals Number of decimals, at least 0.
 * @returns The number with `+` or `−`, or `±` if it rounds to 0; `–` for `null`.
 * @throws {RangeError} If the number of decimals is not from 0 to 100.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { signed } from "@nbn/toolkit/plots";
 *
 * assertEquals([0.8, -7.46, -0.01].map((value) => signed(value).digits), ["+0.8", "−7.5", "±0.0"]);
 * ```
 */
export function signed(value: number | null, decimals = 1): Quantity {
  if (value === null) return fixed(null);
  const digits = rounded(value, decimals);
  const sign = Number(digits) === 0 ? "±" : value > 0 ? "+" : "−";
  return { digits: sign + digits };
}

/** The magnitude of a number with a fixed number of decimals. */
function rounded(value: number, decimals: number): string {
  if (!(decimals >= 0 && decimals <= 100)) {
    throw new RangeError(`Expected decimals from 0 to 100 but found ${decimals}`);
  }
  return Math.abs(value).toFixed(decimals);
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

/** Escapes Markdown syntax, including `$`, which starts a formula, and list markers at the start. */
function escapedMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~$&]/g, "\\$&").replace(/^(\s*)([-+])(?=\s)/, "$1\\$2")
    .replace(/^(\s*\d+)([.)])(?=\s)/, "$1\\$2");
}

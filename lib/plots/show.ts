/**
 * Display of values in a notebook and at a terminal.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";
import { JUPYTER } from "./display.ts";
import { plainProse } from "./prose.ts";
import { htmlTable, type Rows, textTable } from "./table.ts";
import { shownTensor, teachTensors, tensorText } from "./tensor_display.ts";

// Lets notebooks display a tensor at the end of a cell, or nested in a value there, without show().
teachTensors();

/**
 * Time to wait after display, in milliseconds: the kernel reports completion slightly before it has sent the output.
 */
const PAUSE = 10;

/** Representations of a value in a notebook, keyed by MIME type. */
export type Shown = Record<string, string>;

/** The part of Deno's Jupyter API used here. */
export interface Kernel {
  /**
   * Sends an output. With `raw`, the value holds representations keyed by MIME type; `update` replaces the output with
   * the same `display_id`.
   */
  display(
    value: unknown,
    options?: { raw?: boolean; display_id?: string; update?: boolean },
  ): Promise<void>;
}

/**
 * Displays values: in Jupyter below the cell, at a terminal as text.
 *
 * A figure is displayed as an image, or at a terminal as the path of a file; a sentence ({@linkcode prose}) and a
 * single-line string as wrapped text; an array of records as a table; a tensor as its shape and values. All other
 * values use the default display of Jupyter or the terminal. In a notebook, prefer awaiting `show` over a value at the
 * end of a cell, whose output is sometimes lost.
 *
 * @param values Values to display, in order.
 *
 * @example
 * ```ts
 * import { show } from "@nbn/toolkit/plots";
 *
 * await show([{ recipe: "builtin/ce", all: 48.3 }, { recipe: "builtin/ce+nbn+lr", all: 59.1 }]);
 * ```
 */
export async function show(...values: unknown[]): Promise<void> {
  const kernel = jupyter();
  for (const value of values) {
    if (kernel) {
      const own = await shown(value);
      await kernel.display(own ?? value, own ? { raw: true } : {});
      await delivered();
    } else if (isTable(value)) console.log(textTable(value));
    else console.log(value instanceof tf.Tensor ? await tensorText(value) : value);
  }
}

/**
 * Returns the representations of a value in a notebook, if the kernel's default does not suit it.
 *
 * @param value Any value.
 * @returns Representations keyed by MIME type, or `undefined` for the kernel's default.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals((await shown([{ a: 1 }]))!["text/plain"], "a\n1");
 * ```
 */
export async function shown(value: unknown): Promise<Shown | undefined> {
  if (isTable(value)) return { "text/html": htmlTable(value), "text/plain": textTable(value) };
  if (value instanceof tf.Tensor) return await shownTensor(value);
  // A single line is wrapped like a sentence; text with line breaks keeps them.
  if (typeof value === "string" && value.includes("\n")) return { "text/plain": value };
  const own = typeof value === "string" ? plainProse(value) : value;
  const display = (own as { [JUPYTER]?: () => Shown | Promise<Shown> } | null | undefined)
    ?.[JUPYTER];
  return typeof display === "function" ? await display.call(own) : undefined;
}

/** Waits until the kernel has sent its output. */
export async function delivered(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, PAUSE));
}

/** Returns the API of Deno's Jupyter kernel, or `undefined` outside a notebook. */
export function jupyter(): Kernel | undefined {
  try {
    // Outside a notebook, merely accessing the property throws.
    const { jupyter } = Deno as unknown as { jupyter?: Kernel };
    return typeof jupyter?.display === "function" ? jupyter : undefined;
  } catch {
    return undefined;
  }
}

function isTable(value: unknown): value is Rows {
  return Array.isArray(value) && value.length > 0 && value.every((row) => {
    const prototype = typeof row === "object" && row !== null && Object.getPrototypeOf(row);
    return prototype === Object.prototype || (row !== null && prototype === null);
  });
}

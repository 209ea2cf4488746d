/**
 * Showing things, in a notebook and at a terminal.
 *
 * @module
 */
import { tf } from "../deps/tfjs.ts";
import { JUPYTER } from "./display.ts";
import { plainProse } from "./prose.ts";
import { htmlTable, type Rows, textTable } from "./table.ts";
import { shownTensor, teachTensors, tensorText } from "./tensor_display.ts";

// So that a tensor at the end of a cell, or within what stands there, needs no show().
teachTensors();

/** The kernel sends what it shows a little later than it says that it is done; this is how much later, at most. */
const PAUSE = 10;

/** How a value looks in a notebook: texts by their type. */
export type Shown = Record<string, string>;

/** What is used of the Deno kernel. */
export interface Kernel {
  /** Sends an output; with `raw` the value holds texts by their type, `update` replaces the one of that id. */
  display(
    value: unknown,
    options?: { raw?: boolean; display_id?: string; update?: boolean },
  ): Promise<void>;
}

/**
 * Shows a value: in Jupyter below the cell, at a terminal as text.
 *
 * Figures and sentences ({@linkcode prose}) show themselves, at a terminal as the path of a file and as plain text; an
 * array of records becomes a table, a tensor its shape and numbers, a line of text one that flows. Whatever else Jupyter
 * or the terminal can show is left to them. In a notebook it is worth its `await`: what a cell leaves to its last line
 * is sometimes lost.
 *
 * @param values What to show, one after another.
 *
 * @example
 * ```ts
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
 * What a notebook shows of a value, if this project knows better than the kernel.
 *
 * @param value Any value.
 * @returns Texts by their type, or `undefined`.
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
  // A line is a sentence, which flows; what has lines of its own keeps them.
  if (typeof value === "string" && value.includes("\n")) return { "text/plain": value };
  const own = typeof value === "string" ? plainProse(value) : value;
  const display = (own as { [JUPYTER]?: () => Shown | Promise<Shown> } | null | undefined)
    ?.[JUPYTER];
  return typeof display === "function" ? await display.call(own) : undefined;
}

/** Waits until the kernel has sent what it was told to display. */
export async function delivered(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, PAUSE));
}

/** The Deno kernel, in a notebook. */
export function jupyter(): Kernel | undefined {
  try {
    // Outside a notebook even asking for it throws.
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

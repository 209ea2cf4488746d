/**
 * Symbols of the methods by which values customise their display in Jupyter and at a terminal.
 *
 * @module
 */

/** Method called by Deno's Jupyter kernel to display a value. */
export const JUPYTER: unique symbol = Symbol.for("Jupyter.display");

/** Method called by `console.log` to print a value. */
export const TERMINAL: unique symbol = Symbol.for("Deno.customInspect");

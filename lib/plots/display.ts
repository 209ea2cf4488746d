/**
 * How a value tells Jupyter and a terminal what to show.
 *
 * @module
 */

/** The method that the Deno kernel asks for what a notebook shows. */
export const JUPYTER: unique symbol = Symbol.for("Jupyter.display");

/** The method that `console.log` asks for what a terminal shows. */
export const TERMINAL: unique symbol = Symbol.for("Deno.customInspect");

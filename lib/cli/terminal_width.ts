/**
 * How much room a terminal has.
 *
 * @module
 */

/**
 * Width of the terminal that standard output goes to.
 *
 * @returns Characters in a line, or `undefined` where the output goes to a file or another program, which cut lines
 * themselves or search them whole.
 */
export function terminalWidth(): number | undefined {
  if (!Deno.stdout.isTerminal()) return undefined;
  const { columns } = Deno.consoleSize();
  // Terminals that do not know their size have 0 columns.
  return columns > 0 ? columns : undefined;
}

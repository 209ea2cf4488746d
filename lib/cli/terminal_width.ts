/**
 * Width of the terminal.
 *
 * @module
 */

/**
 * Returns the width of the terminal that standard output is connected to.
 *
 * @returns Characters in a line, or `undefined` if standard output is a file or a pipe, whose readers need unbroken
 * lines.
 */
export function terminalWidth(): number | undefined {
  if (!Deno.stdout.isTerminal()) return undefined;
  const { columns } = Deno.consoleSize();
  // Terminals of unknown size report 0 columns.
  return columns > 0 ? columns : undefined;
}

/**
 * Lines of a supervisor.
 *
 * @module
 */

/**
 * Prints a line on stderr, over the progress bar that a worker may have left on the terminal.
 *
 * @param line The line.
 */
export function tell(line: string): void {
  if (Deno.stderr.isTerminal()) Deno.stderr.writeSync(new TextEncoder().encode("\r\x1b[K"));
  console.error(line);
}

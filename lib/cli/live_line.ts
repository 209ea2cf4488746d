/**
 * A line on stderr that changes while something runs.
 *
 * @module
 */

/** A line that is written over, between lines that stay. */
export interface LiveLine {
  /** Whether it is a terminal; elsewhere `show` writes nothing. */
  readonly terminal: boolean;
  /** Replaces the line. */
  show(text: string): void;
  /** Writes a line that stays. */
  note(text: string): void;
  /** Takes the line away. */
  end(): void;
}

/**
 * Opens a live line.
 *
 * @returns The line.
 */
export function liveLine(): LiveLine {
  const terminal = Deno.stderr.isTerminal();
  const encoder = new TextEncoder();
  const write = (text: string) => Deno.stderr.writeSync(encoder.encode(text));
  let open = false;
  const end = () => {
    if (open) write("\r\x1b[K");
    open = false;
  };
  return {
    terminal,
    show(text) {
      if (!terminal) return;
      const { columns } = Deno.consoleSize();
      write(`\r\x1b[K${text.slice(0, columns - 1)}`);
      open = true;
    },
    note(text) {
      end();
      write(`${text}\n`);
    },
    end,
  };
}

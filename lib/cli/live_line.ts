/**
 * A status line on stderr that is overwritten in place.
 *
 * @module
 */
import { printable } from "../core/printable.ts";

/** A status line that is overwritten in place, between permanent lines. */
export interface LiveLine {
  /** Whether stderr is a terminal; otherwise `show` writes nothing. */
  readonly terminal: boolean;
  /** Replaces the status line. */
  show(text: string): void;
  /** Erases the status line and writes a permanent one. */
  note(text: string): void;
  /** Erases the status line. */
  end(): void;
}

/**
 * Creates a status line on stderr.
 *
 * @returns The line, empty at first.
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
      write(`\r\x1b[K${printable(text).slice(0, columns - 1)}`);
      open = true;
    },
    note(text) {
      end();
      write(`${printable(text)}\n`);
    },
    end,
  };
}

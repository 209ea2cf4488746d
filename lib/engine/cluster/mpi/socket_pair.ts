/**
 * A connection between this program and a library in the same process.
 *
 * @module
 */
import { EngineError } from "../../../core/errors.ts";
import { LIBC } from "../../../core/libc.ts";

/** Values of Linux's system headers. */
const AF_UNIX = 1, SOCK_STREAM = 1, SHUT_RDWR = 2;

/** A pair of connected sockets, of which the library has the other one. */
export interface SocketPair {
  /** Descriptor of the library's socket. */
  readonly theirs: number;
  /**
   * Answers each line that the library writes, until {@linkcode close}.
   *
   * @param answer Returns the answer to a line; both without the end of the line.
   */
  serve(answer: (line: string) => Promise<string>): Promise<void>;
  /** Ends the connection. */
  close(): void;
}

/**
 * Connects two sockets that no other process can reach.
 *
 * @returns The pair.
 * @throws {EngineError} If the system has no free descriptors.
 */
export function socketPair(): SocketPair {
  const { symbols: libc } = Deno.dlopen(LIBC, {
    socketpair: { parameters: ["i32", "i32", "i32", "buffer"], result: "i32" },
    read: { parameters: ["i32", "buffer", "usize"], result: "isize", nonblocking: true },
    write: { parameters: ["i32", "buffer", "usize"], result: "isize" },
    shutdown: { parameters: ["i32", "i32"], result: "i32" },
  });
  const pair = new Int32Array(2);
  if (libc.socketpair(AF_UNIX, SOCK_STREAM, 0, pair) !== 0) {
    throw new EngineError("Expected two free descriptors of files but found none");
  }
  const [ours, theirs] = pair;
  return {
    theirs,
    async serve(answer) {
      const decoder = new TextDecoder(), bytes = new Uint8Array(4096);
      for (let text = "";;) {
        const length = Number(await libc.read(ours, bytes, BigInt(bytes.length)));
        if (length <= 0) return;
        text += decoder.decode(bytes.subarray(0, length), { stream: true });
        for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n")) {
          const reply = new TextEncoder().encode(await answer(text.slice(0, end)) + "\n");
          text = text.slice(end + 1);
          libc.write(ours, reply, BigInt(reply.length));
        }
      }
    },
    close: () => void libc.shutdown(ours, SHUT_RDWR),
  };
}

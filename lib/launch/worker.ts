/**
 * A worker: one process of a training, as its supervisor sees it.
 *
 * @module
 */
import { SUPERVISED } from "./supervisor_gone.ts";

/** Upper bound on the characters kept of what a worker prints on stderr. */
const KEPT = 65_536;

/** What a worker runs. */
export interface WorkerOptions {
  /** Its rank, from 0. */
  readonly rank: number;
  /** Whether what it prints on stdout is shown. */
  readonly showsOutput: boolean;
  /** Whether what it prints on stderr is shown at once; otherwise the last part of it is kept. */
  readonly showsErrors: boolean;
  /** Arguments of Deno. */
  readonly args: readonly string[];
  /** Environment variables that it gets in addition to those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** How a worker ended. */
export interface Ending {
  /** Its rank. */
  readonly rank: number;
  /** Exit code; 128 + the number of the signal if it died by one. */
  readonly code: number;
  /** Signal that it died by, or `null`. */
  readonly signal: string | null;
  /** Whether its supervisor killed it because others had failed. */
  readonly isAbandoned: boolean;
  /** Last part of what it printed on stderr; empty if that was shown. */
  readonly errors: string;
}

/** A running worker. */
export interface Worker {
  /** Resolves when it has ended. */
  readonly ending: Promise<Ending>;
  /** Sends it a signal, if it still runs. */
  signal(name: Deno.Signal): void;
  /** Kills it, because others have failed. */
  abandon(): void;
}

/**
 * Starts a worker.
 *
 * It runs in a session of its own, so that Ctrl-C in a terminal reaches only its supervisor, which passes it on once.
 * Its standard input is a pipe, which closes when the supervisor ends.
 *
 * @param options What it runs.
 * @returns The worker.
 */
export function startWorker(
  { rank, args, env = {}, showsOutput, showsErrors }: WorkerOptions,
): Worker {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    env: { ...env, [SUPERVISED]: "1" },
    stdin: "piped",
    stdout: showsOutput ? "inherit" : "null",
    stderr: showsErrors ? "inherit" : "piped",
    detached: true,
  }).spawn();
  let isAbandoned = false, isOver = false;
  const errors = showsErrors ? Promise.resolve("") : lastOf(child.stderr);
  const kill = (name: Deno.Signal) => {
    try {
      if (!isOver) child.kill(name);
    } catch {
      // It has ended just now.
    }
  };
  const ended = async (): Promise<Ending> => {
    const { code, signal } = await child.status;
    isOver = true;
    await child.stdin.close().catch(() => {});
    return { rank, code, signal, isAbandoned, errors: await errors };
  };
  return {
    ending: ended(),
    signal: kill,
    abandon() {
      isAbandoned = !isOver;
      kill("SIGKILL");
    },
  };
}

/** Reads a stream to its end and returns its last part. */
async function lastOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const part of stream) {
    text = (text + decoder.decode(part, { stream: true })).slice(-KEPT);
  }
  return text.trim();
}

/**
 * Processes of the contenders.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import type { Contender } from "./subject.ts";

/** Measurement of a contender in one turn. */
export interface Measured {
  /** Seconds or bytes. */
  readonly value: number;
  /** Name and version of the framework that computed. */
  readonly framework?: string;
  /** Number of parameters of the network, the same for all contenders of a case. */
  readonly parameters?: number;
  /** Further information for the table. */
  readonly remark?: string;
}

/** A contender whose process has been started. */
export interface Running {
  /** Measures once. */
  turn(): Promise<Measured>;
  /** Ends the process. */
  close(): Promise<void>;
}

/** Thrown if the process of a contender fails; the message is the last line of its stderr. */
export class ContenderError extends Error {
  /** Name of the class. */
  override name = "ContenderError";
}

const localPath = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Starts the process of a contender and waits until it is warm; a `fresh` contender starts one in every turn instead.
 *
 * @param contender The contender.
 * @param python Python program that runs the peers.
 * @returns The contender, ready for its turns.
 * @throws {ContenderError} If its process ends early.
 */
export async function start(contender: Contender, python: string): Promise<Running> {
  if (contender.fresh) return { turn: () => once(contender, python), close: async () => {} };
  const process = command(contender, python, ["--turns"], "piped").spawn();
  const stderr = new Response(process.stderr).text();
  const lines = process.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const requests = process.stdin.getWriter();
  let buffered = "";
  const line = async (): Promise<string> => {
    for (;;) {
      const end = buffered.indexOf("\n");
      if (end >= 0) {
        const found = buffered.slice(0, end);
        buffered = buffered.slice(end + 1);
        return found;
      }
      const { done, value } = await lines.read();
      if (done) throw new ContenderError(lastLine(await stderr));
      buffered += value;
    }
  };
  const close = async () => {
    await requests.close().catch(() => {});
    await lines.cancel();
    await process.status;
    await stderr;
  };
  try {
    await line();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    async turn() {
      await requests.write(new TextEncoder().encode("\n")).catch(() => {});
      return JSON.parse(await line());
    },
    close,
  };
}

/** Measures once in a new process. */
async function once(contender: Contender, python: string): Promise<Measured> {
  const { success, stdout, stderr } = await command(contender, python, [], "null").output();
  const decoder = new TextDecoder();
  if (!success) throw new ContenderError(lastLine(decoder.decode(stderr)));
  return JSON.parse(lastLine(decoder.decode(stdout)));
}

function command(
  { kind, script, options, core }: Contender,
  python: string,
  more: readonly string[],
  stdin: "piped" | "null",
): Deno.Command {
  const [program, ...args] = kind === "work"
    ? [
      Deno.execPath(),
      "run",
      "-A",
      "--quiet",
      localPath("./child.ts"),
      script,
      JSON.stringify(options),
    ]
    : [
      python,
      localPath(`./peers/${script}.py`),
      ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]),
    ];
  const pinned = core === undefined ? [] : ["taskset", "--cpu-list", String(core)];
  const [first, ...rest] = [...pinned, program, ...args, ...more];
  return new Deno.Command(first, {
    args: rest,
    stdin,
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1", PYTHONDONTWRITEBYTECODE: "1" },
  });
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1)!.trim();
}

/** Versions reported by Python. */
export interface PythonVersions {
  /** Name and version of PyTorch. */
  readonly framework: string;
  /** Number of threads that it computes with. */
  readonly threads: number;
}

/**
 * Checks whether a Python has PyTorch with torchvision.
 *
 * @param python Python program.
 * @returns Its versions, `"none"` if it has no PyTorch with torchvision, `undefined` if it cannot be run.
 */
export async function findPytorch(python: string): Promise<PythonVersions | "none" | undefined> {
  try {
    const { success, stdout } = await new Deno.Command(python, {
      args: [localPath("./peers/versions.py")],
      stderr: "null",
    }).output();
    return success ? JSON.parse(new TextDecoder().decode(stdout)) : "none";
  } catch (error) {
    const known = error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.PermissionDenied;
    if (known) return undefined;
    throw error;
  }
}

/**
 * Injecting faults into the writing of a subject, and checking what is found afterwards.
 *
 * @module
 */
import { fileURLToPath } from "node:url";
import type { Rng } from "../../lib/core/rng.ts";
import { failure } from "../../lib/cli/failure.ts";
import { linesOf } from "../lines_of.ts";
import type { Line, Task } from "./subject_process.ts";
import { SUBJECTS } from "./subjects.ts";
import { type Fault, withFault } from "./with_fault.ts";

/** What was injected, and what was found afterwards. */
export interface Found {
  /** Faults injected. */
  readonly injected: number;
  /** Those after which a temporary file was there: they came in the middle of a file. */
  readonly midway: number;
  /** Those after which the toolkit refused what was there and asked to write it again. */
  readonly refused: number;
  /** What was lost, damaged or left, one line each. */
  readonly problems: readonly string[];
}

/** Versions that are written from an empty folder on, one of which has to survive: all kinds of writes are in them. */
const VERSIONS = 3;

/** A folder of a subject, and what is known of it. */
class Trial {
  /** The last version of which it is known that it was written. */
  written = 0;
  /** Whether a temporary file was there when the last process started. */
  isMidway = false;
  /** Whether the last process refused what was there. */
  isRefused = false;
  /** What was lost or damaged. */
  readonly problems: string[] = [];
  readonly #subject: string;
  readonly #folder: string;

  constructor(subject: string, folder: string) {
    this.#subject = subject;
    this.#folder = folder;
  }

  /**
   * Runs a process that checks what is there and writes on.
   *
   * @param task Number of versions, fault.
   * @param onStart Called when it writes, with a function that kills it.
   * @returns Whether it was killed, and by how much time versions follow each other.
   */
  async run(
    task: Pick<Task, "versions" | "fault" | "at">,
    onStart?: (kill: () => void) => void,
  ): Promise<{ isKilled: boolean; pace: number }> {
    const { written } = this;
    const process = new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "-A", "--quiet", "--no-check"],
        fileURLToPath(new URL("subject_process.ts", import.meta.url)),
        JSON.stringify({ ...task, subject: this.#subject, folder: this.#folder, written }),
      ],
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const stderr = new Response(process.stderr).text();
    const began: number[] = [];
    for await (const text of linesOf(process.stdout)) {
      const line: Line = JSON.parse(text);
      began.push(performance.now());
      if ("found" in line) {
        this.#start(line.found, line.leftOvers);
        onStart?.(() => process.kill("SIGKILL"));
      } else if ("version" in line) {
        this.written = line.version;
        if (line.leftOvers > 0) this.problems.push(`${line.leftOvers} files are left`);
      }
    }
    const { signal, code } = await process.status;
    if (signal !== "SIGKILL" && code !== 0) {
      const [last] = (await stderr).trim().split("\n");
      this.problems.push(last);
    }
    const pace = began.length < 2 ? 0 : (began.at(-1)! - began[0]) / (began.length - 1);
    return { isKilled: signal === "SIGKILL", pace };
  }

  /** Compares what a process has found with what was known to be written. */
  #start(found: number | "refused", leftOvers: number): void {
    this.isMidway = leftOvers > 0;
    this.isRefused = found === "refused";
    if (found === "refused") return;
    if (found !== this.written && found !== this.written + 1) {
      this.problems.push(`version ${this.written} was written but ${found} is there`);
    }
    this.written = found;
  }
}

/**
 * Kills a process that writes at random moments, each time starting it again.
 *
 * @param subject Name of the subject.
 * @param kills Number of kills.
 * @param random Moments.
 * @returns What was found.
 */
export async function killAtRandom(subject: string, kills: number, random: Rng): Promise<Found> {
  return await inFolder(subject, async (folder) => {
    const trial = new Trial(subject, folder);
    let midway = 0, refused = 0, pace = 20;
    for (let kill = 0; kill <= kills; kill++) {
      const isLast = kill === kills;
      const found = await trial.run(isLast ? { versions: 1 } : {}, (kill) => {
        // A few versions, so that every moment of one is hit.
        if (!isLast) setTimeout(kill, random.uniform() * VERSIONS * pace);
      });
      if (found.pace > 0) pace = 0.8 * pace + 0.2 * found.pace;
      if (trial.isMidway) midway++;
      if (trial.isRefused) refused++;
    }
    return { injected: kills, midway, refused, problems: trial.problems };
  });
}

/**
 * Kills a process at each of the operations by which the first versions reach the disk, from an empty folder on.
 *
 * @param subject Name of the subject.
 * @param every Of so many operations, one is taken.
 * @returns What was found.
 */
export async function killAtEveryWrite(subject: string, every = 1): Promise<Found> {
  return await inFolder(subject, async (folder) => {
    let injected = 0, midway = 0, refused = 0;
    const problems: string[] = [];
    for (let at = 1;; at += every) {
      await remove(folder);
      const trial = new Trial(subject, folder);
      const { isKilled } = await trial.run({ versions: VERSIONS, fault: "kill -9", at });
      if (!isKilled) return { injected, midway, refused, problems };
      await trial.run({ versions: 1 });
      injected++;
      if (trial.isMidway) midway++;
      if (trial.isRefused) refused++;
      problems.push(...trial.problems.map((problem) => `operation ${at}: ${problem}`));
    }
  });
}

/**
 * Lets each of the operations fail by which the first versions reach the disk, from an empty folder on.
 *
 * @param subject Name of the subject.
 * @param fault How it fails.
 * @param every Of so many operations, one is taken.
 * @returns What was found.
 */
export async function failAtEveryWrite(
  subject: string,
  fault: Fault,
  every = 1,
): Promise<Found> {
  const { write, check } = await SUBJECTS[subject].load();
  return await inFolder(subject, async (folder) => {
    let injected = 0, refused = 0;
    const problems: string[] = [];
    for (let at = 1;; at += every) {
      await remove(folder);
      let written = 0;
      const { error, operations } = await withFault(fault, at, async () => {
        while (written < VERSIONS) await write(folder, ++written);
      });
      if (operations < at) return { injected, midway: 0, refused, problems };
      injected++;
      const problem = (what: string) => problems.push(`operation ${at}: ${what}`);
      if (error !== undefined) {
        written--;
        const { text } = failure(error, subject);
        if (text.includes("\n")) problem(`no line but ${text}`);
      }
      try {
        const found = await check(folder, written);
        if (found === "refused") refused++;
        else if (found !== written && found !== written + 1) problem(`${written} became ${found}`);
        await write(folder, found === "refused" ? written + 1 : found + 1);
      } catch (error) {
        problem((error as Error).message);
      }
    }
  });
}

async function inFolder(
  subject: string,
  work: (folder: string) => Promise<Found>,
): Promise<Found> {
  const parent = await Deno.makeTempDir(), folder = `${parent}/${subject}`;
  const { warn } = console;
  console.warn = () => {};
  try {
    await (await SUBJECTS[subject].load()).prepare?.(folder);
    return await work(folder);
  } finally {
    console.warn = warn;
    await remove(parent);
  }
}

async function remove(folder: string): Promise<void> {
  await Deno.remove(folder, { recursive: true }).catch(() => {});
}

/**
 * The supervisor, with real processes as workers.
 *
 * @module
 */
import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import { exists } from "../../lib/core/exists.ts";
import { inFolder } from "../in_folder.ts";

const SCRIPT = fileURLToPath(new URL("supervisor.ts", import.meta.url));

interface Options {
  readonly processes: number;
  readonly plan: readonly (readonly string[])[];
  readonly restarts?: number;
  readonly elastic?: { readonly min: number; readonly max: number };
  readonly grace?: number;
}

function start(folder: string, options: Options): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "--quiet", SCRIPT, JSON.stringify({ ...options, folder })],
    env: { NO_COLOR: "1" },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Runs a supervisor to its end. */
async function supervised(folder: string, options: Options) {
  const { code, stdout, stderr } = await start(folder, options).output();
  const lines = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim().split("\n");
  return { code, stdout: lines(stdout), stderr: lines(stderr) };
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!await condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

/** Waits for workers to be running and returns their process numbers. */
async function pids(folder: string, processes: number, start = 1): Promise<number[]> {
  const paths = Array.from({ length: processes }, (_, rank) => `${folder}/${start}-${rank}.pid`);
  const read = (path: string) => Deno.readTextFile(path).catch(() => "");
  for (const path of paths) await until(async () => await read(path) !== "");
  return await Promise.all(paths.map(async (path) => Number(await read(path))));
}

/** Whether a process exists, and is not merely waiting for its parent to notice its end. */
async function runs(pid: number): Promise<boolean> {
  const { stdout } = await new Deno.Command("ps", { args: ["-o", "stat=", "-p", `${pid}`] })
    .output();
  const state = new TextDecoder().decode(stdout).trim();
  return state !== "" && !state.startsWith("Z");
}

Deno.test("workers that end well are started once; only rank 0 is heard", () =>
  inFolder(async (folder) => {
    const { code, stdout, stderr } = await supervised(folder, { processes: 3, plan: [] });
    assertEquals(code, 0);
    assertEquals(stdout, ["start 1, rank 0, resumes false"]);
    assertEquals(stderr, ["rank 0 says 0"]);
    assertEquals(await exists(`${folder}/1-2.pid`), true);
  }));

Deno.test("a worker that is killed, and one that loses another, start all again from the checkpoint", () =>
  inFolder(async (folder) => {
    const plan = [["75", "SIGKILL"], ["75", "75"], ["0", "0"]];
    const { code, stdout, stderr } = await supervised(folder, { processes: 2, restarts: 2, plan });
    assertEquals(code, 0);
    assertEquals(stdout, [
      "start 1, rank 0, resumes false",
      "start 2, rank 0, resumes true",
      "start 3, rank 0, resumes true",
    ]);
    assertEquals(stderr, [
      "rank 0 says 75",
      "rank 1: rank 1 says SIGKILL",
      "rank 1 was killed by SIGKILL: starting 2 processes again from the last checkpoint (restart 1 of 2)",
      "rank 0 says 75",
      "rank 0 ended with exit code 75: starting 2 processes again from the last checkpoint (restart 2 of 2)",
      "rank 0 says 0",
    ]);
  }));

Deno.test("after the last restart the supervisor gives up with one line and the exit code of the cause", () =>
  inFolder(async (folder) => {
    const plan = [["75", "SIGKILL"], ["75", "SIGABRT"]];
    const { code, stderr } = await supervised(folder, { processes: 2, restarts: 1, plan });
    assertEquals(code, 128 + 6);
    assertEquals(
      stderr.at(-1),
      "Expected all 2 processes to train to the end but found that rank 1 was killed by SIGABRT " +
        "after 1 restart: --resume continues from the last checkpoint",
    );
    const without = await supervised(folder, { processes: 2, plan: [["75", "75"]] });
    assertEquals(without.code, 75);
    assertMatch(
      without.stderr.at(-1)!,
      /exit code 75: --resume .*, --restarts N does so by itself$/,
    );
  }));

Deno.test("wrong input and other failures are not tried again, and told with the rank", () =>
  inFolder(async (folder) => {
    for (const wrong of ["2", "1"]) {
      const plan = [["75", "75", wrong]];
      const { code, stderr } = await supervised(folder, { processes: 3, restarts: 5, plan });
      assertEquals(code, Number(wrong));
      assertEquals(stderr, ["rank 0 says 75", `rank 2: rank 2 says ${wrong}`]);
    }
  }));

Deno.test("a worker that hangs while others have failed is killed after a while, and is not the cause", () =>
  inFolder(async (folder) => {
    const plan = [["75", "hang"], []];
    const options = { processes: 2, restarts: 1, grace: 200, plan };
    const { code, stderr } = await supervised(folder, options);
    assertEquals(code, 0);
    assertStringIncludes(stderr.join("\n"), "rank 0 ended with exit code 75: starting 2");
    const [, hung] = await pids(folder, 2);
    assertEquals(await runs(hung), false);
  }));

Deno.test("elastic: fewer workers while nothing is gained, all again after a checkpoint", () =>
  inFolder(async (folder) => {
    const plan = [
      ["75", "75", "SIGKILL"],
      ["75", "SIGKILL"],
      ["advance"],
      ["0", "0", "0"],
    ];
    const options = { processes: 3, restarts: 3, elastic: { min: 1, max: 3 }, plan };
    const { code, stderr } = await supervised(folder, options);
    assertEquals(code, 0);
    const starts = stderr.flatMap((line) => /starting (\d) process/.exec(line)?.[1] ?? []);
    assertEquals(starts, ["2", "1", "3"]);
  }));

for (const [name, code] of [["SIGINT", 130], ["SIGTERM", 143], ["SIGUSR2", 143]] as const) {
  Deno.test(`${name} to the supervisor is passed on once, and nothing is started again`, () =>
    inFolder(async (folder) => {
      const plan = [["train", "train"]];
      const supervisor = start(folder, { processes: 2, restarts: 3, plan });
      const workers = await pids(folder, 2);
      // As the group of a terminal and `deno task` both send it.
      supervisor.kill(name);
      supervisor.kill(name);
      const { code: found, stderr } = await supervisor.output();
      assertEquals(found, code, new TextDecoder().decode(stderr));
      for (const rank of [0, 1]) {
        assertEquals(await Deno.readTextFile(`${folder}/1-${rank}.stopped`), String(code));
      }
      assertEquals(await exists(`${folder}/2-0.pid`), false);
      for (const worker of workers) assertEquals(await runs(worker), false);
    }));
}

Deno.test("workers end by themselves when their supervisor is killed by kill -9", () =>
  inFolder(async (folder) => {
    const supervisor = start(folder, { processes: 2, plan: [["train", "train"]] });
    const workers = await pids(folder, 2);
    supervisor.kill("SIGKILL");
    await supervisor.output();
    for (const [rank, worker] of workers.entries()) {
      await until(async () => !await runs(worker));
      assertEquals(await Deno.readTextFile(`${folder}/1-${rank}.stopped`), "143");
    }
  }));

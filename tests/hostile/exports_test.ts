/**
 * Every public function is called with hostile arguments of the right types: it answers, or throws an error that tells
 * what was wrong. It neither ends the process, nor hangs, nor leaves a tensor behind.
 *
 * `deno run -A tests/hostile/calls.ts` with more calls or another seed goes further.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { doors } from "../../tools/doors.ts";
import { inFolder } from "../cli/task.ts";

/** Calls of each function, few enough for every run of the tests. */
const CALLS = 8;

const root = new URL("../../", import.meta.url).pathname;
const modules = doors().map(({ path }) => root + path.slice(2));

Deno.test("every public function answers hostile arguments, or tells what is wrong with them", () =>
  inFolder(async (folder) => {
    const doc = await new Deno.Command(Deno.execPath(), {
      args: ["doc", "--json", "--quiet", ...modules],
    }).output();
    assert(doc.success, new TextDecoder().decode(doc.stderr));
    await Deno.writeFile(`${folder}/doc.json`, doc.stdout);
    // Deep, because hostile paths lead upwards.
    const cwd = `${folder}/a/b/c`;
    await Deno.mkdir(cwd, { recursive: true });
    const { code, signal, stdout } = await new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "--quiet", "--no-check", "--no-prompt", `--config=${root}deno.json`],
        ...["--allow-read", "--allow-env", "--allow-ffi", "--allow-sys", `--allow-write=${folder}`],
        ...[`${root}tests/hostile/calls.ts`, `${folder}/doc.json`, `${CALLS}`, "1"],
      ],
      cwd,
      stderr: "null",
    }).output();
    const lines = new TextDecoder().decode(stdout).split("\n").filter((line) =>
      line.startsWith("{")
    ).map((line) => JSON.parse(line));
    const last = lines.at(-1);
    assertEquals([code, signal], [0, null], `ended in call ${JSON.stringify(last)}`);
    assert(last.done > 200 * CALLS, `only ${last.done} calls`);
    assertEquals(lines.filter((line) => "name" in line), []);
  }));

/**
 * The rights of the tasks: named for each, and an engine that may open no library runs on another backend.
 *
 * @module
 */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { inFolder, rightsOf } from "./task.ts";

/** Tasks that start other programs with rights of their own choice. */
const STARTERS = ["notebooks"];

/** Tasks that start Deno, whose path differs from machine to machine, with rights that launch_test.ts checks. */
const LAUNCHERS = ["train", "evaluate", "predict", "analyse", "sweep"];

Deno.test("every task of lib/cli has the rights that it needs, and no more", async () => {
  const config = await Deno.readTextFile(new URL("../../deno.json", import.meta.url));
  const scripts = [...config.matchAll(/deno run (.*) lib\/cli\/mod\.ts (\w+)"/g)];
  assertEquals(
    scripts.filter(([, rights]) => rights === "-A").map(([, , task]) => task),
    STARTERS,
  );
  assertEquals(rightsOf("evaluate").includes("--allow-write"), false);
  const having = (right: string) =>
    scripts.filter(([, rights]) => rights.split(" ").some((own) => own.startsWith(right)))
      .map(([, rights, task]) => [task, rights.split(" ").find((own) => own.startsWith(right))]);
  assertEquals(having("--allow-net"), [
    ...["train", "evaluate", "predict", "analyse"].map((task) => [task, "--allow-net=127.0.0.1"]),
    ["data", "--allow-net"],
  ]);
  assertEquals(
    having("--allow-run").filter(([, right]) => right === "--allow-run").map(([task]) => task),
    LAUNCHERS,
  );
});

Deno.test("without the right to open libraries the engine says so and runs on WebAssembly", () =>
  inFolder(async (folder) => {
    const mod = new URL("../../mod.ts", import.meta.url).href;
    await Deno.writeTextFile(`${folder}/deno.json`, "{}");
    await Deno.writeTextFile(
      `${folder}/script.ts`,
      `import { engine } from "${mod}"; console.log((await engine()).backend);`,
    );
    const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--quiet", "--no-prompt", "--allow-read", "--allow-env", "script.ts"],
      cwd: folder,
      env: { NBN_BACKEND: "" },
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    assertEquals([success, text(stdout)], [true, "wasm\n"], text(stderr));
    assertStringIncludes(text(stderr), "Running on the slower wasm backend");
  }));

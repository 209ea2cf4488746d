/**
 * `nbn completions`, in the shells that are installed.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { COMMANDS } from "../../lib/cli/commands.ts";
import { inFolder, taskHere } from "./task.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;
type Shell = (typeof SHELLS)[number];

const scripts = new Map<Shell, string>();
for (const shell of SHELLS) scripts.set(shell, (await taskHere("completions", shell)).stdout);

const decoder = new TextDecoder();

/** Runs a shell script in which `$script` is the path of the completions; `undefined` if the shell is not installed. */
async function run(shell: Shell, text: string): Promise<string | undefined> {
  let said: string | undefined;
  await inFolder(async (folder) => {
    const script = `${folder}/completions`;
    await Deno.writeTextFile(script, scripts.get(shell)!);
    const command = new Deno.Command(shell, { args: ["-c", text], env: { script } });
    try {
      const { code, stdout, stderr } = await command.output();
      assertEquals([code, decoder.decode(stderr)], [0, ""]);
      said = decoder.decode(stdout);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  });
  return said;
}

/** Returns bash's completions of the last of the words after `nbn`. */
async function inBash(...words: string[]): Promise<string[]> {
  const line = ["nbn", ...words].map((word) => `'${word}'`).join(" ");
  const said = await run(
    "bash",
    `source "$script"; COMP_WORDS=(${line}); COMP_CWORD=${words.length}; _nbn; printf '%s\\n' "\${COMPREPLY[@]}"`,
  );
  return said!.trim().split("\n");
}

Deno.test("completions have every command, subcommand and flag", async () => {
  for (const [name, { load }] of Object.entries(COMMANDS)) {
    const { flags, parts = {} } = await load();
    const all = [
      ...Object.keys(flags),
      ...Object.values(parts).flatMap(({ flags }) => Object.keys(flags)),
    ];
    for (const script of scripts.values()) {
      for (const word of [name, ...Object.keys(parts), ...all]) assertStringIncludes(script, word);
    }
  }
});

const bash = await run("bash", "true") !== undefined;

Deno.test({
  name: "bash completes commands, flags, values and subcommands",
  ignore: !bash,
  fn: async () => {
    assertEquals(await inBash("tr"), ["train"]);
    assertEquals(await inBash("train", "--opt"), ["--optimizer"]);
    assertEquals(await inBash("train", "--optimizer", ""), ["sgd", "adamw"]);
    assertEquals(await inBash("train", "--precision", "b"), ["bf16"]);
    assertEquals(await inBash("data", "i"), ["import", "inspect"]);
    assertEquals(await inBash("data", "import", "--si"), ["--size"]);
    assertEquals(await inBash("completions", ""), ["bash", "zsh", "fish"]);
    // Paths are completed by bash itself.
    assertEquals(await inBash("evaluate", "runs"), [""]);
  },
});

const fish = await run("fish", "true") !== undefined;

Deno.test({
  name: "fish completes commands, flags, values and subcommands" +
    (fish ? "" : " (skipped: fish is not installed)"),
  ignore: !fish,
  fn: async () => {
    const offered = async (line: string) =>
      (await run("fish", `source $script; complete -C '${line}'`))!.trim().split("\n")
        .map((each) => each.split("\t")[0]);
    assertEquals(await offered("nbn tr"), ["train"]);
    assertEquals(await offered("nbn train --opt"), ["--optimizer"]);
    assertEquals((await offered("nbn train --optimizer ")).sort(), ["adamw", "sgd"]);
    assertEquals((await offered("nbn data i")).sort(), ["import", "inspect"]);
    assertEquals(await offered("nbn data import --si"), ["--size"]);
  },
});

const zsh = await run("zsh", "true") !== undefined;

Deno.test({
  name: "zsh accepts its script" + (zsh ? "" : " (skipped: zsh is not installed)"),
  ignore: !zsh,
  fn: async () => {
    const said = await run(
      "zsh",
      `autoload -Uz compinit; compinit -D; source $script; echo $_comps[nbn]`,
    );
    assertEquals(said, "_nbn\n");
  },
});

Deno.test("completions refuses an unknown shell", async () => {
  const { code, stderr } = await taskHere("completions", "powershell");
  assertEquals(code, 2);
  assert(stderr.startsWith('Expected one of bash, zsh, fish but found "powershell"'), stderr);
});

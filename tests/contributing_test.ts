/**
 * CONTRIBUTING.md followed literally, code and commands, in a copy of the project.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { cp } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { exists } from "../lib/core/exists.ts";
import { inFolder } from "./in_folder.ts";
import { longTest } from "./long.ts";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** Code of a new file, or lines for an existing one. */
interface Code {
  /** Path of the file. */
  readonly file: string;
  /** Whether the file is new. */
  readonly isNew: boolean;
  /** Line below which the code is inserted; at the end if missing. */
  readonly below?: string;
  /** The code. */
  readonly code: string;
}

/** A step of the page: code for a file, or commands. */
type Step = Code | { readonly commands: readonly string[] };

/** Reads the steps of the page, section by section. */
async function readSteps(): Promise<Map<string, Step[]>> {
  const text = await Deno.readTextFile(`${ROOT}CONTRIBUTING.md`);
  const sections = text.split(/^## /m).slice(1).map((section): [string, Step[]] => {
    const title = section.slice(0, section.indexOf("\n"));
    const blocks = [
      ...section.matchAll(/(?:^(`.+):\n\n)?^(`{3,})(ts ignore|sh)\n([\s\S]*?)^\2$/gm),
    ];
    return [
      title,
      blocks.map(([, location, , language, code]) => stepOf(location, language, code)),
    ];
  });
  return new Map(sections);
}

function stepOf(location: string | undefined, language: string, code: string): Step {
  if (language === "sh") {
    return { commands: code.trim().split("\n").map((line) => line.replace(/\s+#.*$/, "")) };
  }
  const found = /^`([^`]+)`, (?:(new)|one more line|below `(.+)`)$/.exec(location ?? "");
  assert(found, `no file for\n${code}`);
  const [, file, isNew, below] = found;
  return { file, isNew: isNew !== undefined, below, code };
}

/** Writes the code of a step. */
async function write(folder: string, step: Code): Promise<void> {
  const path = `${folder}/${step.file}`;
  assertEquals(await exists(path), !step.isNew, step.file);
  if (step.isNew) return await Deno.writeTextFile(path, step.code);
  const lines = (await Deno.readTextFile(path)).split("\n");
  const index = step.below === undefined
    ? lines.length - 1
    : lines.findIndex((line) => line.trim() === step.below) + 1;
  assert(index > 0, `${step.file} has no line ${step.below}`);
  const indent = step.below === undefined ? "" : /^ */.exec(lines[index - 1])![0];
  lines.splice(index, 0, indent + step.code.trimEnd());
  await Deno.writeTextFile(path, lines.join("\n"));
}

/** Runs a command of the page. */
async function run(folder: string, command: string): Promise<string> {
  const [program, ...args] = command.split(" ");
  assertEquals(program, "deno", command);
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: folder,
    env: { NO_COLOR: "1" },
  }).output();
  const [output, errors] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  assertEquals(code, 0, `${command}\n${output}\n${errors}`);
  return output;
}

/** Copies the files of a clone that the page needs. */
async function copyProject(folder: string): Promise<void> {
  const parts = ["deno.json", "deno.lock", "mod.ts", "lib", "links", "tests", "tools", "docs"];
  for (const part of parts) await cp(`${ROOT}${part}`, `${folder}/${part}`, { recursive: true });
}

Deno.test("CONTRIBUTING.md adds one file and one register entry per kind of extension", async () => {
  const sections = await readSteps();
  for (const title of ["loss", "token", "sampler", "figure", "section of the report", "data set"]) {
    const steps = sections.get(`A ${title}`)!;
    const files = new Set(steps.flatMap((step) => "file" in step ? [step.file] : []));
    const own = [...files].filter((file) => !file.startsWith("tests/"));
    assertEquals(own.length, 2, `${title}: ${own}`);
  }
});

longTest("CONTRIBUTING.md works when followed literally", async (t) => {
  await inFolder(async (folder) => {
    await copyProject(folder);
    for (const [title, steps] of await readSteps()) {
      await t.step(title, async () => {
        for (const step of steps) {
          if ("file" in step) await write(folder, step);
          // The whole suite and the check are not run here.
          else {for (const command of step.commands) {
              if (!/^deno task (check|test)$/.test(command)) await run(folder, command);
            }}
        }
      });
    }
    await t.step("the consequences of the registers", async () => {
      const help = await run(folder, "deno task train --help");
      for (const word of ["online-balanced-softmax", "drs-square-root", "cube-root", "tiny"]) {
        assertStringIncludes(help, word);
      }
      const list = await run(folder, "deno task train --list");
      for (const name of ["builtin/online-balanced-softmax", "builtin/ce+drs-square-root"]) {
        assertStringIncludes(list, name);
      }
      const methods = await Deno.readTextFile(`${folder}/docs/methods.md`);
      assertStringIncludes(methods, "`online-balanced-softmax`");
      assertStringIncludes(
        await Deno.readTextFile(`${folder}/runs/report.html`),
        "Balance of the training images",
      );
      const written = [...(await readSteps()).values()].flat()
        .flatMap((step) => "file" in step ? [step.file] : []);
      await run(folder, `deno fmt --check ${written.join(" ")}`);
      await run(folder, `deno lint ${written.join(" ")}`);
      await run(folder, `deno check --quiet --doc ${written.join(" ")} mod.ts`);
      const documented = written.filter((file) => file.startsWith("lib/"));
      await run(folder, `deno test -A --doc --no-check ${documented.join(" ")}`);
      await run(folder, "deno test -A tests/methods_test.ts tests/rooms_test.ts");
    });
  });
});

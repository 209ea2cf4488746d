import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { train } from "../../lib/train/mod.ts";
import { doors } from "../../tools/doors.ts";
import { inFolder } from "../in_folder.ts";
import { type CodeCell, codeCells, figuresIn, textsOf } from "./cells.ts";
import { jupyterTest, NAMES, NOTEBOOKS, notebooks, ROOT } from "./environment.ts";

/** Enough steps to run every cell; the shape of curves is not tested. */
const STEPS = "4";

/** Maximum lines of code in a cell; longer code belongs in the library. */
const MAX_LINES = 15;

/** The line that selects a notebook's run. */
const UNSET = "const run: string | undefined = undefined;";

for (const name of NAMES) {
  const committed = await codeCells(join(NOTEBOOKS, name));

  Deno.test(`${name} is committed with the outputs of a complete run`, () => {
    assertEquals(
      committed.map(({ execution_count }) => execution_count),
      committed.map((_, index) => index + 1),
    );
    expectWhole(committed);
  });

  Deno.test(`${name} consists of prose, calls and figures`, () => {
    for (const { source } of committed) {
      const lines = source.join("").split("\n");
      assert(lines.length <= MAX_LINES, `${lines.length} lines: ${source.join("")}`);
    }
    for (const text of committed.flatMap(textsOf)) {
      // JupyterLab breaks preformatted sentences within words.
      const flows = "text/markdown" in text || "text/html" in text || "image/svg+xml" in text;
      assert(flows || text["text/plain"].includes("\n"), `does not flow: ${text["text/plain"]}`);
    }
  });

  Deno.test(`${name} is a small file without times or colour codes`, async () => {
    const text = await Deno.readTextFile(join(NOTEBOOKS, name));
    assert(text.length < 2e6, `${text.length} bytes`);
    assert(!text.includes("iopub") && !text.includes("\\u001b["));
  });

  jupyterTest(`${name} runs completely in the kernel`, () =>
    inProject(async (project) => {
      const copy = join(project, "notebooks", name);
      await run(["--save", copy], project);
      const cells = await codeCells(copy);
      expectWhole(cells);
      // After so few steps values differ, but not the types and numbers of outputs.
      assertEquals(cells.map(kinds), committed.map(kinds));
    }));
}

jupyterTest("every notebook runs with a user's run", () =>
  inProject(async (project) => {
    const out = join(project, "mine"), copies: string[] = [];
    await train({ recipe: "builtin/ce+nbn+lr", iterations: 4, batch: 8, out });
    for (const name of NAMES) {
      const copy = join(project, "notebooks", name), text = await Deno.readTextFile(copy);
      const mine = text.replace(UNSET, () =>
        `const run = ${JSON.stringify(out)};`.replaceAll('"', '\\"'));
      assert(mine !== text, `${name} has no cell that sets run`);
      await Deno.writeTextFile(copy, mine);
      copies.push(copy);
    }
    await run(copies, project);
  }));

Deno.test("the notebooks together are below 8 MB", async () => {
  const sizes = await Promise.all(
    NAMES.map(async (name) => (await Deno.stat(join(NOTEBOOKS, name))).size),
  );
  assert(sizes.reduce((sum, size) => sum + size, 0) < 8e6);
});

/**
 * Runs a test in a project of a user, whose deno.json names the package, with copies of the notebooks. They read the
 * results in the folder of the project, as in a clone.
 */
function inProject(test: (project: string) => Promise<void>): Promise<void> {
  return inFolder(async (project) => {
    const imports = Object.fromEntries(
      doors().map(({ specifier, path }) => [specifier, pathToFileURL(join(ROOT, path)).href]),
    );
    await Deno.writeTextFile(join(project, "deno.json"), JSON.stringify({ imports }));
    await Deno.symlink(join(ROOT, "data"), join(project, "data"));
    await Deno.mkdir(join(project, "notebooks"));
    for (const name of NAMES) {
      await Deno.copyFile(join(NOTEBOOKS, name), join(project, "notebooks", name));
    }
    await test(project);
  });
}

/** Runs notebooks with short trainings. */
async function run(args: readonly string[], project: string): Promise<void> {
  const { code, stderr } = await notebooks(["--run", ...args], {
    NBN_NOTEBOOK_STEPS: STEPS,
    NBN_NOTEBOOK_RUNS: join(project, "runs"),
  });
  assertEquals(code, 0, stderr);
}

/** Asserts that no cell failed and every output and figure is present. */
function expectWhole(cells: readonly CodeCell[]): void {
  for (const { source, outputs } of cells) {
    const text = source.join("");
    assert(!outputs.some(({ output_type }) => output_type === "error"), text);
    const shows = /\bawait (show|trainedRun)\(/.test(text);
    assert(!shows || outputs.length > 0, `lost the outputs of: ${text}`);
    // Otherwise the value of a cell's last expression would be displayed as well.
    assert(
      !outputs.some(({ output_type }) => output_type === "execute_result"),
      `shows its last value: ${text}`,
    );
  }
  const figures = cells.flatMap(figuresIn);
  assert(figures.length >= 3, `${figures.length} figures`);
  for (const svg of figures) {
    const marks = svg.match(/<(path|rect|circle|image|line)\b/g) ?? [];
    assert(marks.length >= 5, svg.slice(0, 500));
    const drawn = svg.replaceAll(/href="data:[^"]*"/g, "");
    assert(!/NaN|Infinity|undefined/.test(drawn), svg.slice(0, 500));
  }
}

function kinds(cell: CodeCell): string[] {
  return textsOf(cell).map((data) => Object.keys(data).sort().join());
}

import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { findEnvironment } from "../../lib/cli/notebooks/environment.ts";
import { train } from "../../lib/train/mod.ts";
import { inFolder } from "../engine/install/fixtures.ts";
import { type CodeCell, codeCells, figuresIn, textsOf } from "./cells.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const present = await findEnvironment(join(ROOT, ".venv")) !== undefined;

/** Enough steps to run every cell; the shape of curves is not tested. */
const STEPS = "4";

/** Maximum lines of code in a cell; longer code belongs in the library. */
const MAX_LINES = 15;

/** The line that selects a notebook's run. */
const UNSET = "const run: string | undefined = undefined;";

const names = [...Deno.readDirSync(join(ROOT, "notebooks"))]
  .map(({ name }) => name).filter((name) => name.endsWith(".ipynb") && !name.startsWith("."))
  .sort();

for (const name of names) {
  const committed = await codeCells(join(ROOT, "notebooks", name));

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
    const text = await Deno.readTextFile(join(ROOT, "notebooks", name));
    assert(text.length < 2e6, `${text.length} bytes`);
    assert(!text.includes("iopub") && !text.includes("\\u001b["));
  });

  Deno.test({
    name: `${name} runs completely in the kernel` +
      (present ? "" : " (skipped: deno task notebooks --run installs JupyterLab)"),
    ignore: !present,
    fn: () => inFolder((folder) => runs(name, committed, folder)),
  });
}

Deno.test({
  name: "every notebook runs with a user's run" +
    (present ? "" : " (skipped: deno task notebooks --run installs JupyterLab)"),
  ignore: !present,
  fn: () =>
    inFolder(async (folder) => {
      const out = join(folder, "mine");
      await train({ recipe: "builtin/ce+nbn+lr", iterations: 4, batch: 8, out });
      const copies: string[] = [];
      try {
        for (const name of names) {
          const text = await Deno.readTextFile(join(ROOT, "notebooks", name));
          const mine = text.replace(UNSET, () =>
            `const run = ${JSON.stringify(out)};`.replaceAll('"', '\\"'));
          assert(mine !== text, `${name} has no cell that sets run`);
          copies.push(join(ROOT, "notebooks", `.${crypto.randomUUID()}-${name}`));
          await Deno.writeTextFile(copies.at(-1)!, mine);
        }
        await run(copies, folder);
      } finally {
        for (const copy of copies) {
          await Deno.remove(copy);
        }
      }
    }),
});

Deno.test("the notebooks together are below 8 MB", async () => {
  const sizes = await Promise.all(
    names.map(async (name) => (await Deno.stat(join(ROOT, "notebooks", name))).size),
  );
  assert(sizes.reduce((sum, size) => sum + size, 0) < 8e6);
});

/** Executes a copy in the notebook's folder, where Deno resolves the package's name. */
async function runs(name: string, committed: readonly CodeCell[], folder: string): Promise<void> {
  const copy = join(ROOT, "notebooks", `.${crypto.randomUUID()}-${name}`);
  await Deno.copyFile(join(ROOT, "notebooks", name), copy);
  try {
    await run(["--save", copy], folder);
    const cells = await codeCells(copy);
    expectWhole(cells);
    // After so few steps values differ, but not the types and numbers of outputs.
    assertEquals(cells.map(kinds), committed.map(kinds));
  } finally {
    await Deno.remove(copy);
  }
}

/** Runs notebooks with short trainings. */
async function run(args: readonly string[], folder: string): Promise<void> {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--quiet", join(ROOT, "lib/cli/mod.ts"), "notebooks", "--run", ...args],
    env: { NBN_NOTEBOOK_STEPS: STEPS, NBN_NOTEBOOK_RUNS: folder },
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
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

import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { inFolder } from "../in_folder.ts";
import { jupyterTest, notebooks } from "../notebooks/environment.ts";

async function writeNotebook(path: string, ...cells: string[]): Promise<void> {
  const notebook = {
    cells: cells.map((source, index) => ({
      cell_type: "code",
      id: `cell-${index}`,
      execution_count: null,
      metadata: {},
      outputs: [],
      source,
    })),
    metadata: { kernelspec: { display_name: "Deno", language: "typescript", name: "deno" } },
    nbformat: 4,
    nbformat_minor: 5,
  };
  await Deno.writeTextFile(path, JSON.stringify(notebook));
}

jupyterTest(
  "notebooks --run executes cells in the running Deno and keeps every output",
  () =>
    inFolder(async (folder) => {
      const path = join(folder, "one.ipynb");
      const cells = Array.from({ length: 30 }, (_, i) => `await Promise.resolve(${i} * 2)`);
      await writeNotebook(path, "Deno.execPath()", ...cells);
      const { code, stderr } = await notebooks(["--run", "--save", path]);
      assertEquals(code, 0, stderr);
      const saved = JSON.parse(await Deno.readTextFile(path));
      const texts = saved.cells.map((
        { outputs }: { outputs: { data: Record<string, string[]> }[] },
      ) => outputs.map(({ data }) => data["text/plain"].join("")).join());
      assertEquals(texts.slice(1), cells.map((_, i) => String(i * 2)));
      assertStringIncludes(texts[0], Deno.execPath());
    }),
);

jupyterTest(
  "notebooks --run fails on a cell that throws, and does not change the notebook",
  () =>
    inFolder(async (folder) => {
      const path = join(folder, "broken.ipynb");
      await writeNotebook(path, "1", "throw new RangeError('no such class')");
      const before = await Deno.readTextFile(path);
      const { code, stderr } = await notebooks(["--run", "--save", path]);
      assertEquals(code, 1);
      assertStringIncludes(stderr, "broken.ipynb: failed");
      assertStringIncludes(stderr, "no such class");
      assertEquals(await Deno.readTextFile(path), before);
    }),
);

Deno.test("notebooks refuses unknown flags and files", async () => {
  const wrong = [
    ["--bogus"],
    ["--save"],
    ["x.ipynb"],
    ["--run", "none.ipynb"],
    ["--run", "--html"],
    ["--html", "--save"],
    ["--to", "site"],
    ["--html", "--to", ""],
    ["--html", "none.ipynb"],
  ];
  for (const args of wrong) {
    const { code, stderr } = await notebooks(args);
    assertEquals(code, 2);
    assertEquals(stderr.trim().split("\n").length, 1);
    assertStringIncludes(stderr, "deno task notebooks --help lists the flags");
  }
});

/**
 * Notebook usage: displayed values and readable errors.
 *
 * @module
 */
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { inFolder } from "../in_folder.ts";
import { codeCells, textsOf } from "./cells.ts";
import { jupyterTest, notebooks } from "./environment.ts";

/** Import map of the package's name, which other folders do not have. */
const door = (name = "") => import.meta.resolve(`@nbn/toolkit${name}`);

/** A failing cell and its error message. */
interface Failing {
  readonly cell: string;
  readonly name: string;
  readonly says: string;
}

const IMPORTS = `import {
  builtin, collectFeatures, engine, evaluate, imageFolder, openRun, plots, resnetCifar, show, tf, train,
} from "${door()}";
import { readMetrics } from "${door("/analysis")}";
import { fixed, prose } from "${door("/plots")}";
await engine();
const { train: images, test } = builtin({ max: 20, imbalance: 10, testImages: 1 });
const network = resnetCifar({ depth: 8, width: 0.25, classes: 10 });
const model = { network, ...network.init(0, [32, 32, 3]) };
const folder = await Deno.makeTempDir();
const emptied = { ...images, labels: images.labels.map((label) => label === 9 ? 0 : label) };`;

const SHOWN = [
  "tf.tensor2d([[1, 2], [3, 4.5]])",
  "tf.zeros([32, 32, 3])",
  "({ params: [tf.scalar(1)] })",
  "await plots.classCounts([500, 5])",
  "await show(prose`Rare classes lose ${fixed(78.54)} points on cifar10_lt.`)",
  'await show("Computing with tensorflow.")',
];

const FAILING: readonly Failing[] = [
  {
    cell: "await openRun(`${folder}/nowhere`)",
    name: "CheckpointError",
    says: "Expected a run folder or a checkpoint but found no ",
  },
  {
    cell: "await openRun(folder)",
    name: "CheckpointError",
    says: "but found none: train it first",
  },
  { cell: "await readMetrics(folder)", name: "DataError", says: "Expected the log of a run at" },
  {
    cell: 'await collectFeatures(model, test, { taps: ["stage9"] })',
    name: "RangeError",
    says: 'stage3/block1, embedding, logits) but found "stage9"',
  },
  {
    cell: 'await train({ recipe: "builtin/ce", iterations: 1, data: { train: emptied, test } })',
    name: "DataError",
    says: "but found none of cross with dot: add some, or remove the class",
  },
  {
    cell: "await Deno.mkdir(`${folder}/cats`); await imageFolder(folder)",
    name: "DataError",
    says: "Expected images of class cats in",
  },
  { cell: 'await train({ recipe: "builtin/nothing" })', name: "UsageError", says: '"nothing"' },
  { cell: "await evaluate(mine, test)", name: "ReferenceError", says: "mine is not defined" },
];

jupyterTest(
  "the kernel displays tensors, wraps sentences, and prints errors in one line",
  () =>
    inFolder(async (folder) => {
      const early = "const more = 2 * steps;";
      const cells = await executed(join(folder, "one.ipynb"), [
        early,
        IMPORTS,
        ...SHOWN,
        ...FAILING.map(({ cell }) => cell),
        "const steps = 5;",
        early,
        "await Deno.remove(folder, { recursive: true });\nmore",
      ]);
      const outputs = cells.map((cell) => textsOf(cell)[0]);
      // The first cell runs before the one that it depends on, and again afterwards.
      expectError(cells[0].outputs[0], { name: "ReferenceError", says: "steps is not defined" });
      assertEquals(outputs.at(-1)!["text/plain"], "10");

      const [matrix, image, tree, figure, sentence, line] = outputs.slice(2);
      assertEquals(matrix["text/plain"], "float32 [2,2]\n[[1, 2],\n [3, 4.5]]");
      assertStringIncludes(image["text/html"], '<img src="data:image/png;base64,');
      assertEquals(tree["text/plain"], "{ params: [ Tensor float32 [] ] }");
      assertStringIncludes(figure["image/svg+xml"], "<svg ");
      assertEquals(sentence, {
        "text/markdown": "Rare classes lose **78.5** points on cifar10\\_lt.",
        "text/plain": "Rare classes lose 78.5 points on cifar10_lt.",
      });
      assertEquals(line["text/markdown"], "Computing with tensorflow.");

      const begin = 2 + SHOWN.length;
      FAILING.forEach((failing, i) => expectError(cells[begin + i].outputs[0], failing));
    }),
);

/** Writes and runs a notebook that continues after a failed cell. */
async function executed(path: string, sources: readonly string[]) {
  const cells = sources.map((source, i) => ({
    cell_type: "code",
    id: `cell-${i}`,
    execution_count: null,
    metadata: { tags: ["raises-exception"] },
    outputs: [],
    source,
  }));
  const metadata = { kernelspec: { display_name: "Deno", language: "typescript", name: "deno" } };
  const notebook = { cells, metadata, nbformat: 4, nbformat_minor: 5 };
  await Deno.writeTextFile(path, JSON.stringify(notebook));
  const { code, stderr } = await notebooks(["--run", "--save", path]);
  assertEquals(code, 0, stderr);
  return await codeCells(path);
}

function expectError(output: unknown, { name, says }: Pick<Failing, "name" | "says">): void {
  const { output_type, ename, evalue, traceback } = output as Record<string, string>;
  assertEquals([output_type, ename], ["error", name], evalue);
  assertStringIncludes(evalue, says);
  assert(!evalue.includes("\n"), evalue);
  // The message precedes the stack trace.
  assert([traceback].flat().join("\n").startsWith(`${name}: ${evalue}`), `${traceback}`);
}

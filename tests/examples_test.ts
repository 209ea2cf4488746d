/**
 * The examples of the documentation, each as a test.
 *
 * `deno test --doc` loads TensorFlow.js separately for each, which takes three times as long. Here they share one
 * process. `deno check --doc` checks that they can be copied unchanged, imports and types included.
 *
 * @module
 */
import { assert } from "@std/assert";
import { filesIn } from "../tools/files_in.ts";
import { inFolder } from "./in_folder.ts";

const ROOT = new URL("../", import.meta.url);

/** Code block of the documentation, and its first line. */
interface Example {
  readonly file: URL;
  readonly line: number;
  readonly code: string;
}

/** Returns the `ts` blocks of a Markdown file, or of the doc comments of a TypeScript file. */
function examplesOf(file: URL): Example[] {
  const text = Deno.readTextFileSync(file);
  const block = file.href.endsWith(".md")
    ? /^```ts\n([\s\S]*?)^```$/gm
    : /^ *\* ```ts\n([\s\S]*?)^ *\* ```$/gm;
  return [...text.matchAll(block)].map((match) => ({
    file,
    line: text.slice(0, match.index).split("\n").length,
    code: file.href.endsWith(".md") ? match[1] : match[1].replaceAll(/^ *\* ?/gm, ""),
  }));
}

/** Import statements, which precede all others. */
const IMPORTS = /^import [^;]*;.*\n/gm;

/** Runs an example with the exports of its file in scope. */
async function run({ file, code }: Example, folder: string): Promise<void> {
  // The package's name resolves only within the clone.
  const absolute = code.replaceAll(
    /(from |import\()"(\.[^"]*|@nbn\/toolkit[^"]*)"/g,
    (_, before, path) =>
      `${before}"${path.startsWith(".") ? new URL(path, file).href : import.meta.resolve(path)}"`,
  );
  const imports = (absolute.match(IMPORTS) ?? []).join("");
  const imported = imports.replaceAll(/ from ".*/g, "");
  const body = absolute.replaceAll(IMPORTS, "");
  const exports = file.href.endsWith(".ts") ? Object.keys(await import(file.href)) : [];
  const own = exports.filter((name) => {
    const word = new RegExp(`\\b${name}\\b`);
    return word.test(body) && !word.test(imported);
  });
  const first = own.length > 0 ? `import { ${own} } from "${file.href}";\n` : "";
  const path = `${folder}/example.ts`;
  await Deno.writeTextFile(path, `${first}${imports}export default async () => {\n${body}};\n`);
  await (await import(new URL(path, "file:///").href)).default();
}

const sources = ["lib/", "links/"].flatMap((path) => [...filesIn(new URL(path, ROOT), ".ts")]);
const pages = [...Deno.readDirSync(ROOT)].filter(({ name }) => name.endsWith(".md"))
  .map(({ name }) => new URL(name, ROOT));
const guides = filesIn(new URL("docs/", ROOT), ".md");
const examples = [...sources, new URL("mod.ts", ROOT), ...pages, ...guides].flatMap(examplesOf);

for (const example of examples) {
  Deno.test(
    `the example in ${example.file.href.slice(ROOT.href.length)}, line ${example.line}`,
    () => inFolder((folder) => run(example, folder)),
  );
}

Deno.test("there are examples", () => assert(examples.length > 300, `${examples.length}`));

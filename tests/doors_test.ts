/**
 * The doors of the package, `exports` of deno.json.
 *
 * @module
 */
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type Door, doors } from "../tools/doors.ts";
import { filesIn } from "../tools/files_in.ts";

const ROOT = new URL("../", import.meta.url);
const DOORS = doors();

/** Names for internal use only. */
const INTERNAL = [
  ...[
    "contentDigest",
    "datasetDigest",
    "describeSkipped",
    "gclBetas",
    "logNAccumulator",
    "pathTable",
  ],
  ...["walkImages", "within"],
];

/** Returns the values exported by a door, without types. */
async function valuesOf({ path }: Door): Promise<string[]> {
  return Object.keys(await import(new URL(path, ROOT).href));
}

Deno.test("every door describes its exports, with an example that imports from it", () => {
  for (const { specifier, path } of DOORS) {
    const text = Deno.readTextFileSync(new URL(path, ROOT));
    const [, docs] = /^\/\*\*\n([\s\S]*?)\*\//.exec(text)!;
    assertMatch(docs, / \* ```ts\n/, path);
    assertStringIncludes(docs, ` from "${specifier}";`, path);
    assertMatch(docs, / \* @module\n $/, path);
  }
});

Deno.test("every door can be imported by name", () => {
  for (const { specifier, path } of DOORS) {
    assertEquals(import.meta.resolve(specifier), new URL(path, ROOT).href);
  }
});

Deno.test("a value is exported by one door, and the root's values also by that of their topic", async () => {
  const [root, ...topics] = await Promise.all(DOORS.map(valuesOf));
  const all = topics.flat().filter((name) => name !== "main");
  assertEquals(all.filter((name, index) => all.indexOf(name) < index), []);
  assertEquals(root.filter((name) => !all.includes(name)), []);
  assertEquals(INTERNAL.filter((name) => all.includes(name)), []);
});

Deno.test("the root has at most 100 names, types included", () => {
  const text = Deno.readTextFileSync(new URL("mod.ts", ROOT));
  assertEquals(text.includes("export *"), false);
  const names = [...text.matchAll(/^export \{([^}]*)\} from/gm)]
    .flatMap(([, list]) =>
      list.split(",").map((name) => name.trim()).filter((name) => name !== "")
    );
  assert(names.length >= 60 && names.length <= 100, `${names.length}`);
});

for (const name of ["samplers", "data"]) {
  Deno.test(`@nbn/toolkit/${name} loads no package, not even TensorFlow.js`, async () => {
    const { path } = DOORS.find(({ specifier }) => specifier === `@nbn/toolkit/${name}`)!;
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["info", "--json", path],
      cwd: ROOT,
    }).output();
    interface Module {
      readonly specifier: string;
      readonly dependencies?: readonly { readonly specifier: string; readonly code?: unknown }[];
    }
    const { modules }: { modules: Module[] } = JSON.parse(
      new TextDecoder().decode(stdout),
    );
    // Type-only imports are not loaded.
    const loaded = modules.flatMap(({ dependencies = [] }) => dependencies)
      .filter(({ specifier, code }) => code && /^(npm|jsr|https?):/.test(specifier));
    assertEquals(loaded, []);
    assert(modules.length > 10);
  });
}

Deno.test("examples of exported functions import from doors, so that they run when pasted", async () => {
  const values = new Set((await Promise.all(DOORS.map(valuesOf))).flat());
  const wrong: string[] = [];
  for (const file of filesIn(new URL("lib/", ROOT), ".ts")) {
    const text = Deno.readTextFileSync(file);
    const exported = [...text.matchAll(/^export (?:async )?(?:function|const|class) (\w+)/gm)];
    if (!exported.some(([, name]) => values.has(name))) continue;
    for (const [line] of text.matchAll(/^ \* import .* from "\..*$|^ \* \} from "\..*$/gm)) {
      wrong.push(`${file.href.slice(ROOT.href.length)}: ${line}`);
    }
  }
  assertEquals(wrong, []);
});

/**
 * Versions of third-party packages.
 *
 * @module
 */
import { assert, assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { filesIn } from "../../tools/files_in.ts";

const LIB = new URL("../../lib/", import.meta.url);

/** Source code of a file without its comments. */
function codeOf(file: URL): string {
  return Deno.readTextFileSync(file).replaceAll(/\/\*[\s\S]*?\*\//g, "");
}

const found = [...filesIn(LIB, ".ts")].flatMap((file) =>
  [...codeOf(file).matchAll(/["'`](?:npm|jsr):((?:@[\w.-]+\/)?[\w.-]+)@?([^/"'`]*)/g)]
    .map(([, name, version]) => ({ path: file.href.slice(LIB.href.length), name, version }))
);

Deno.test("packages are named only in lib/deps, each with one exact version", () => {
  assert(found.length > 20);
  assertEquals(found.filter(({ path }) => !path.startsWith("deps/")), []);
  const versions = new Map<string, string>();
  for (const { path, name, version } of found) {
    assertEquals(version, versions.get(name) ?? version, `${name} in ${path}`);
    assertMatch(version, name.startsWith("@std/") ? /^\^\d+\.\d+\.\d+$/ : /^\d+\.\d+\.\d+$/);
    versions.set(name, version);
  }
});

Deno.test("importing a door fetches only TensorFlow.js; other packages are fetched on use", async () => {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    // The command line imports every other door when it runs a command.
    args: ["info", "--json", fileURLToPath(new URL("cli/mod.ts", LIB))],
  }).output();
  interface Module {
    readonly dependencies?: readonly { readonly specifier: string; readonly code?: unknown }[];
  }
  const { modules }: { modules: Module[] } = JSON.parse(new TextDecoder().decode(stdout));
  // Type-only imports are not loaded.
  const packages = modules.flatMap(({ dependencies = [] }) => dependencies)
    .filter(({ specifier, code }) => code && /^(npm|jsr|https?):/.test(specifier))
    .map(({ specifier }) => specifier.replace(/@[^@/]*$/, ""));
  assertEquals([...new Set(packages)], ["npm:@tensorflow/tfjs"]);
  assert(modules.length > 300);
});
